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

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::begin, Access.anybody());
        routes.get(RETURN, this::end, Access.anybody());
    }

    private void begin(Context context) {
        var handshake = new Handshake(Secret.create(random));
        try {
            String there = provider.begin(handshake).toString();
            Cookies.giveHandshake(context, handshake.secret());
            context.redirect(there);
        } catch (OidcTrouble trouble) {
            tell(context, trouble);
        }
    }

    private void end(Context context) {
        Optional<Handshake> handshake =
                Optional.ofNullable(Cookies.readHandshake(context.req())).map(Handshake::new);
        Cookies.takeHandshakeBack(context);
        try {
            Identity identity = provider.end(query(context), handshake);
            Door.In in = enter(identity, context.ip());
            door.admit(context, in);
            context.redirect("/");
        } catch (OidcTrouble trouble) {
            tell(context, trouble);
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

    private static void tell(Context context, OidcTrouble trouble) {
        log.warn("Nobody was signed in by the provider: {}", trouble.getMessage());
        context.redirect("/sign-in?problem=" + trouble.problem().word());
    }
}
