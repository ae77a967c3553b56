package org.everytake.studio.people;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
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
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/keys}: one's own keys of the organisation one is in; {@code /api/v1/organisation/keys}: everybody's. */
final class KeysResource implements Routes {
    private static final int MOST_OF_A_NAME = 120;

    private final Jdbi jdbi;
    private final KeyStore keys;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    KeysResource(Jdbi jdbi, KeyStore keys, Audit audit, Supplier<UUID> ids, InstantSource clock) {
        this.jdbi = jdbi;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    private record NewKey(
            @Nullable String name,
            @Nullable List<@Nullable String> scopes,
            @Nullable Instant expiresAt) {}

    private record KeysView(List<KeyStore.Key> keys) {}

    private record OwnedKeysView(List<KeyStore.OwnedKey> keys) {}

    private record MadeView(@JsonUnwrapped KeyStore.Key made, String key) {
        @Override
        public String toString() {
            return "MadeView";
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/keys", this::list, Access.inPerson());
        routes.post("/api/v1/keys", this::create, Access.inPerson());
        routes.delete("/api/v1/keys/{key}", this::revoke, Access.inPerson());
        routes.get("/api/v1/organisation/keys", this::listAll, Access.admin(Scope.ORGANISATION_READ));
        routes.delete("/api/v1/organisation/keys/{key}", this::revokeAny, Access.admin(Scope.ORGANISATION_WRITE));
    }

    private void list(Context context) {
        context.json(new KeysView(jdbi.withHandle(handle -> KeyStore.of(handle, Caller.of(context)))));
    }

    private void create(Context context) {
        NewKey asked = Json.body(context, NewKey.class);
        String name = Text.line(asked.name(), "A key's name", MOST_OF_A_NAME);
        Set<Scope> scopes = scopes(asked.scopes());
        Instant now = clock.instant();
        Instant expiresAt = asked.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "The key would have expired already.");
        }
        Caller owner = Caller.of(context);
        UUID id = ids.get();
        ShownOnce.mark(context, id);
        context.status(201).json(jdbi.inTransaction(handle -> {
            String secret = keys.create(handle, id, owner, name, scopes, now, expiresAt);
            audit.note(handle, Audit.Who.of(context), "key-made", id.toString(), name + ": " + words(scopes));
            KeyStore.Key made = KeyStore.of(handle, owner).stream()
                    .filter(key -> key.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            return new MadeView(made, secret);
        }));
    }

    private void revoke(Context context) {
        UUID id = PathId.of(context, "key").orElseThrow(KeysResource::noSuch);
        jdbi.useTransaction(handle -> {
            String name = KeyStore.revoke(handle, Caller.of(context), id).orElseThrow(KeysResource::noSuch);
            audit.note(handle, Audit.Who.of(context), "key-revoked", id.toString(), name);
        });
        context.status(204);
    }

    private void listAll(Context context) {
        UUID organisation = Caller.of(context).organisation();
        context.json(new OwnedKeysView(jdbi.withHandle(handle -> KeyStore.of(handle, organisation))));
    }

    private void revokeAny(Context context) {
        UUID id = PathId.of(context, "key").orElseThrow(KeysResource::noneSuch);
        UUID organisation = Caller.of(context).organisation();
        jdbi.useTransaction(handle -> {
            String whose = KeyStore.revoke(handle, organisation, id).orElseThrow(KeysResource::noneSuch);
            audit.note(handle, Audit.Who.of(context), "key-revoked", id.toString(), whose);
        });
        context.status(204);
    }

    private static Set<Scope> scopes(@Nullable List<@Nullable String> words) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : words == null ? List.<@Nullable String>of() : words) {
            scopes.add(scope(word));
        }
        if (scopes.isEmpty()) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "A key needs at least one scope.");
        }
        return scopes;
    }

    private static Scope scope(@Nullable String word) {
        try {
            return Scope.of(String.valueOf(word));
        } catch (IllegalArgumentException e) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "There is no scope of that name; docs/api.md lists them.");
        }
    }

    private static String words(Set<Scope> scopes) {
        return String.join(", ", scopes.stream().map(Scope::word).toList());
    }

    private static Refused noneSuch() {
        return new Refused(ErrorId.NO_SUCH_KEY, "This organisation has no such key. It may have been revoked.");
    }

    private static Refused noSuch() {
        return new Refused(ErrorId.NO_SUCH_KEY, "You have no such key here. It may have been revoked.");
    }
}
