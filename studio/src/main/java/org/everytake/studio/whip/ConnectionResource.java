package org.everytake.studio.whip;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.everytake.studio.http.Bearer;
import org.everytake.studio.http.CrossOrigin;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.RequestBody;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.Text;
import org.everytake.studio.http.limit.RateLimits;
import org.everytake.studio.http.limit.Verdict;
import org.everytake.studio.people.Access;
import org.everytake.studio.signal.Rooms;
import org.everytake.studio.signal.ServerMessage.IceServer;
import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.SdpFragment;
import org.everytake.wire.sdp.SessionDescription;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/whip} (RFC 9725) and {@code /api/v1/whep} (draft-ietf-wish-whep): one endpoint each for all sessions,
 * since the token says which it is, and below it what each POST made.
 */
public final class ConnectionResource implements Routes {
    private static final String SDP = "application/sdp";
    private static final int PERSON_CHARACTERS = 64;

    private final Jdbi jdbi;
    private final Connections connections;
    private final Rooms rooms;
    private final RateLimits limits;
    private final InstantSource clock;

    public ConnectionResource(Jdbi jdbi, Connections connections, Rooms rooms, RateLimits limits, InstantSource clock) {
        this.jdbi = jdbi;
        this.connections = connections;
        this.rooms = rooms;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        for (Right right : Right.values()) {
            String one = right.path() + "/{connection}";
            routes.post(right.path(), context -> begin(context, right), Access.anybody());
            routes.get(right.path(), ConnectionResource::nothing, Access.anybody());
            routes.head(right.path(), ConnectionResource::nothing, Access.anybody());
            routes.options(right.path(), ConnectionResource::endpointOptions, Access.anybody());
            routes.patch(one, context -> trickle(context, find(context, right)), Access.anybody());
            routes.delete(one, context -> end(context, find(context, right)), Access.anybody());
            routes.get(one, context -> nothing(context, find(context, right)), Access.anybody());
            routes.options(one, ConnectionResource::options, Access.anybody());
        }
    }

    private void begin(Context context, Right right) {
        Token token = token(context, right);
        SessionDescription offer = MediaOffer.parse(RequestBody.text(context, SDP), right, token.mode());
        Connection connection =
                right == Right.PUBLISH ? connections.publish(token) : connections.watch(token, person(context));
        try {
            SessionDescription answer = connection.offer(offer);
            // The token may have been revoked since it was looked at.
            shown(context);
            context.status(201).header("Location", right.path() + "/" + connection.id());
            context.header("ETag", connection.entityTag());
            rooms.iceServers(token.id().toString()).forEach(server -> link(context, server));
            answer(context, SDP, answer.print());
        } catch (RuntimeException e) {
            connections.end(connection);
            throw e;
        }
    }

    /** Whom somebody wants to see and hear. */
    private static Optional<String> person(Context context) {
        String person = context.queryParam("person");
        return person == null ? Optional.empty() : Optional.of(Text.line(person, "A person's id", PERSON_CHARACTERS));
    }

    /** These types have no parameter for the character set, which else would be added. */
    private static void answer(Context context, String type, String body) {
        context.res().setCharacterEncoding(null);
        context.res().setContentType(type);
        context.result(body.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 9725, section 4.6: the server's address in a field of its own. */
    private static void link(Context context, IceServer server) {
        for (String url : server.urls()) {
            context.res()
                    .addHeader(
                            "Link",
                            "<" + url + ">; rel=\"ice-server\"" + attribute("username", server.username())
                                    + attribute("credential", server.credential())
                                    + (server.credential() == null ? "" : "; credential-type=\"password\""));
        }
    }

    private static String attribute(String name, @Nullable String value) {
        return value == null ? "" : "; " + name + "=\"" + value.replaceAll("([\"\\\\])", "\\\\$1") + "\"";
    }

    private static void trickle(Context context, Connection connection) {
        String condition = context.header("If-Match");
        if (condition == null) {
            throw new Refused(
                    ErrorId.PRECONDITION_REQUIRED,
                    "Say in If-Match which ICE session this is for: the ETag of the answer, or * to restart it.");
        }
        SdpFragment fragment = fragment(RequestBody.text(context, SdpFragment.CONTENT_TYPE));
        Connection.Restarted restarted = connection.trickled(condition, fragment);
        if (restarted == null) {
            context.status(204);
            return;
        }
        context.status(200).header("ETag", restarted.entityTag());
        answer(context, SdpFragment.CONTENT_TYPE, restarted.ours().print());
    }

    private static SdpFragment fragment(String body) {
        try {
            return SdpFragment.parse(body);
        } catch (Malformed e) {
            throw new Refused(ErrorId.MALFORMED_SDP, "The SDP fragment cannot be read: " + e.getMessage() + ".");
        }
    }

    private void end(Context context, Connection connection) {
        connections.end(connection);
        context.status(200);
    }

    /** There is nothing to see, but that it is there; players tell by the type that it is for them. */
    private static void nothing(Context context) {
        context.status(200);
        answer(context, SDP, "");
    }

    private static void nothing(Context context, Connection there) {
        nothing(context);
    }

    private static void endpointOptions(Context context) {
        CrossOrigin.preflight(context, "GET, HEAD, OPTIONS, POST");
        context.header("Accept-Post", SDP);
    }

    private static void options(Context context) {
        CrossOrigin.preflight(context, "DELETE, GET, HEAD, OPTIONS, PATCH");
        context.header("Accept-Patch", SdpFragment.CONTENT_TYPE);
    }

    private Connection find(Context context, Right right) {
        return connections.find(PathId.of(context, "connection"), token(context, right), right);
    }

    private Token token(Context context, Right right) {
        Token token = shown(context);
        limits.shown(token.id()).ifPresent(verdict -> {
            verdict.tell(context::header);
            if (!verdict.granted()) {
                throw new Refused(ErrorId.TOO_MANY_REQUESTS, Verdict.SENTENCE);
            }
        });
        if (!token.rights().contains(right)) {
            throw new Refused(
                    ErrorId.NOT_ALLOWED, "This token is not good for that. Make another in the session's page.");
        }
        return token;
    }

    private Token shown(Context context) {
        String secret = Bearer.of(context);
        if (secret == null || !secret.startsWith(TokenStore.PREFIX)) {
            throw wrong();
        }
        return jdbi.inTransaction(handle -> TokenStore.show(handle, secret, clock.instant()))
                .orElseThrow(ConnectionResource::wrong);
    }

    private static Refused wrong() {
        return new Refused(
                ErrorId.WRONG_TOKEN,
                "This needs a token of the session in \"Authorization: Bearer\". Hosts make them in its page.");
    }
}
