package org.everytake.studio.people;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who asks: an account, acting in one organisation.
 *
 * @param operator whether the account runs the server
 */
public record Caller(
        UUID account, String name, String email, UUID organisation, Role role, boolean operator, Means means) {
    private static final String ATTRIBUTE = "everytake.caller";

    /** By what it is known who asks. */
    public sealed interface Means {}

    /** A browser in which they are signed in. */
    public record Browser(Secret.Hash session) implements Means {}

    /** A program with a key. */
    public record Key(UUID id, String name, Set<Scope> scopes) implements Means {}

    /** Who asks, on a route that demands an account. */
    public static Caller of(Context context) {
        return find(context).orElseThrow(() -> new IllegalStateException("the route lets anybody in"));
    }

    /** Who asks, if it is known. */
    public static Optional<Caller> find(Context context) {
        return Optional.ofNullable(context.attribute(ATTRIBUTE));
    }

    void remember(Context context) {
        context.attribute(ATTRIBUTE, this);
    }

    /** Whether they come in person, or with a key that is good for that. */
    public boolean may(Scope scope) {
        return switch (means) {
            case Browser browser -> true;
            case Key key -> key.scopes().contains(scope);
        };
    }
}
