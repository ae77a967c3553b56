package org.everytake.studio.http;

import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import java.util.Set;

/**
 * A route as the server has it.
 *
 * @param path with {@code {names}} where something is put in
 * @param roles what it asks of whoever calls it
 */
public record Served(String method, String path, Set<RouteRole> roles) {
    public Served {
        roles = Set.copyOf(roles);
    }

    static Served of(Endpoint endpoint) {
        Roles roles = endpoint.metadata(Roles.class);
        return new Served(endpoint.method.name(), endpoint.path, roles == null ? Set.of() : roles.getRoles());
    }
}
