package org.everytake.studio.http;

import io.javalin.config.RoutesConfig;

/** A resource: adds its paths to the server. Its handlers run on virtual threads and may block. */
@FunctionalInterface
public interface Routes {
    void addTo(RoutesConfig routes);
}
