package org.everytake.studio.whip;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.ShownOnce;
import org.everytake.studio.http.Text;
import org.everytake.studio.library.Rights;
import org.everytake.studio.library.Session;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Audit;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sessions/{session}/tokens}: made, seen and revoked by the session's host and co-hosts. */
public final class TokensResource implements Routes {
    private static final String ALL = "/api/v1/sessions/{session}/tokens";

    /** Of a name, as of any other in a room. */
    private static final int NAME_CHARACTERS = 80;

    private final Jdbi jdbi;
    private final TokenStore tokens;
    private final Connections connections;
    private final Rights rights;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public TokensResource(
            Jdbi jdbi,
            SecureRandom random,
            Connections connections,
            Audit audit,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.tokens = new TokenStore(random);
        this.connections = connections;
        this.rights = new Rights(jdbi);
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    private record NewToken(
            @Nullable String name,
            @Nullable List<@Nullable String> may,
            @Nullable Instant expiresAt) {}

    private record TokenView(
            UUID id,
            String name,
            String hint,
            List<String> may,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant usedAt,
            boolean publishing,
            int watching) {}

    private record TokensView(List<TokenView> tokens) {}

    private record MadeView(@JsonUnwrapped TokenView made, String token) {
        @Override
        public String toString() {
            return "MadeView";
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ALL, this::list, Access.member(Scope.SESSIONS_READ));
        routes.post(ALL, this::create, Access.member(Scope.SESSIONS_WRITE));
        routes.delete(ALL + "/{token}", this::revoke, Access.member(Scope.SESSIONS_WRITE));
    }

    private void list(Context context) {
        Session session = session(context);
        List<Token> all = jdbi.withHandle(handle -> TokenStore.of(handle, session.id()));
        context.json(new TokensView(all.stream().map(this::view).toList()));
    }

    private void create(Context context) {
        Session session = session(context);
        NewToken asked = Json.body(context, NewToken.class);
        String name = Text.line(asked.name(), "A name", NAME_CHARACTERS);
        Set<Right> may = rights(asked.may());
        Instant now = clock.instant();
        Instant expiresAt = asked.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "The token would have expired already.");
        }
        UUID id = ids.get();
        ShownOnce.mark(context, id);
        context.status(201).json(jdbi.inTransaction(handle -> {
            String secret = tokens.create(handle, id, session.id(), name, may, now, expiresAt);
            audit.note(handle, Audit.Who.of(context), "token-made", id.toString(), session.title() + ": " + name);
            Token made = TokenStore.of(handle, session.id()).stream()
                    .filter(token -> token.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            return new MadeView(view(made), secret);
        }));
    }

    private void revoke(Context context) {
        Session session = session(context);
        UUID id = PathId.of(context, "token").orElseThrow(TokensResource::noSuch);
        jdbi.useTransaction(handle -> {
            String name = TokenStore.revoke(handle, session.id(), id).orElseThrow(TokensResource::noSuch);
            audit.note(handle, Audit.Who.of(context), "token-revoked", id.toString(), session.title() + ": " + name);
        });
        connections.revoked(id);
        context.status(204);
    }

    /** Who sees the session and is no host of it sees none of its tokens. */
    private Session session(Context context) {
        Caller caller = Caller.of(context);
        return PathId.of(context, "session")
                .flatMap(id -> rights.session(caller, id))
                .map(Rights::change)
                .orElseThrow(Rights::noSuchSession);
    }

    private TokenView view(Token token) {
        return new TokenView(
                token.id(),
                token.name(),
                token.hint(),
                token.rights().stream().sorted().map(Right::word).toList(),
                token.createdAt(),
                token.expiresAt(),
                token.usedAt(),
                connections.count(token.id(), Right.PUBLISH) > 0,
                connections.count(token.id(), Right.WATCH));
    }

    private static Set<Right> rights(@Nullable List<@Nullable String> words) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (String word : words == null ? List.<@Nullable String>of() : words) {
            rights.add(Right.of(word));
        }
        if (rights.isEmpty()) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "A token may \"publish\" or \"watch\", or both.");
        }
        return rights;
    }

    private static Refused noSuch() {
        return new Refused(ErrorId.NO_SUCH_TOKEN, "This session has no such token. It may have been revoked.");
    }
}
