package org.everytake.studio.people;

import io.javalin.security.RouteRole;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of whoever calls it. Each route under {@code /api/v1} declares exactly one; the {@link Gate} refuses
 * those that declare none.
 *
 * @param least the least role in the organisation; null if no account is needed
 * @param scope what a key must be good for; null if no key is taken
 * @param operatorOnly whether only who runs the server may
 */
public record Access(@Nullable Role least, @Nullable Scope scope, boolean operatorOnly) implements RouteRole {
    private static final Access ANYBODY = new Access(null, null, false);
    private static final Access IN_PERSON = new Access(Role.MEMBER, null, false);
    private static final Access OPERATOR = new Access(Role.MEMBER, Scope.ORGANISATION_READ, true);

    /** No account is needed; the handler may ask who it is with {@link Caller#find}. */
    public static Access anybody() {
        return ANYBODY;
    }

    public static Access member(Scope scope) {
        return new Access(Role.MEMBER, scope, false);
    }

    public static Access manager(Scope scope) {
        return new Access(Role.MANAGER, scope, false);
    }

    public static Access admin(Scope scope) {
        return new Access(Role.ADMIN, scope, false);
    }

    /** A member in a browser: what a key that got lost must not be able to do, such as to make more of them. */
    public static Access inPerson() {
        return IN_PERSON;
    }

    /** An admin in a browser. */
    public static Access adminInPerson() {
        return new Access(Role.ADMIN, null, false);
    }

    /** Who runs the server. */
    public static Access operator() {
        return OPERATOR;
    }

    /** The same in a browser. */
    public static Access operatorInPerson() {
        return new Access(Role.MEMBER, null, true);
    }
}
