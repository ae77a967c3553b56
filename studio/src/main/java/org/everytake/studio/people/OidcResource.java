package org.everytake.studio.people;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.people.oidc.Handshake;
import org.everytake.studio.people.oidc.Identity;
import org.everytake.studio.people.oidc.OidcTrouble;
import org.everytake.studio.people.oidc.OidcTrouble.Problem;
import org.everytake.studio.people.oidc.Provider;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/sign-in/oidc}: the browser goes to the provider and comes back. What goes wrong is told by a page. */
final class OidcResource implements Routes {
    static final String PATH = "/api/v1/sign-in/oidc";
    static final String RETURN = PATH + "/return";

    private static final Logger log = LoggerFactory.getLogger(OidcResource.class);

    private final Jdbi jdbi;
    private final Provider provider;
    private final Arrivals arrivals;
    private final Door door;
    private final SecureRandom random;

    OidcResource(Jdbi jdbi, Provider provider, Arrivals arrivals, Door door, SecureRandom random) {
        this.jdbi = jdbi;
        this.provider = provider;
        this.arrivals = arrivals;
        this.door = door;
        this.random = random;
    }

    /** What a browser keeps in its cookie while it is at the provider. */
    private record Begun(Handshake handshake, WantedPage wanted) {
        String packed() {
            return wanted.equals(WantedPage.FIRST) ? handshake.secret() : handshake.secret() + "." + wanted.packed();
        }

        static Begun unpacked(String cookie) {
            int dot = cookie.indexOf('.');
            return dot < 0
                    ? new Begun(new Handshake(cookie), WantedPage.FIRST)
                    : new Begun(
                            new Handshake(cookie.substring(0, dot)), WantedPage.unpacked(cookie.substring(dot + 1)));
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::begin, Access.anybody());
        routes.get(RETURN, this::end, Access.anybody());
    }

    private void begin(Context context) {
        var begun = new Begun(new Handshake(Secret.create(random)), WantedPage.of(context.queryParam("then")));
        try {
            String there = provider.begin(begun.handshake()).toString();
            Cookies.giveHandshake(context, begun.packed());
            context.redirect(there);
        } catch (OidcTrouble trouble) {
            tell(context, trouble, begun.wanted());
        }
    }

    private void end(Context context) {
        Optional<Begun> begun =
                Optional.ofNullable(Cookies.readHandshake(context.req())).map(Begun::unpacked);
        WantedPage wanted = begun.map(Begun::wanted).orElse(WantedPage.FIRST);
        Cookies.takeHandshakeBack(context);
        try {
            Identity identity = provider.end(query(context), begun.map(Begun::handshake));
            Door.In in = enter(identity, context.ip());
            door.admit(context, in);
            context.redirect(wanted.path());
        } catch (OidcTrouble trouble) {
            tell(context, trouble, wanted);
        }
    }

    private Door.In enter(Identity identity, String address) throws OidcTrouble {
        try {
            return jdbi.inTransaction(handle -> {
                var account = arrivals.account(handle, identity, address);
                return door.enter(handle, account, "by " + provider.label(), address);
            });
        } catch (Refused refused) {
            throw new OidcTrouble(Problem.UNKNOWN, refused.sentence());
        }
    }

    private static Map<String, String> query(Context context) {
        Map<String, String> query = new HashMap<>();
        for (String name : List.of("state", "code", "iss")) {
            String value = context.queryParam(name);
            if (value != null) {
                query.put(name, value);
            }
        }
        return query;
    }

    private static void tell(Context context, OidcTrouble trouble, WantedPage wanted) {
        log.warn("Nobody was signed in by the provider: {}", trouble.getMessage());
        context.redirect(wanted.signIn(trouble.problem().word()));
    }
}
