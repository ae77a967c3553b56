package org.everytake.studio.http;

import io.javalin.http.Context;

/** Where a request went, as the log may say it: the pattern, since ids of sessions are keys to them. */
final class Route {
    private Route() {}

    static String of(Context context) {
        var endpoint = context.endpoints().lastHttpEndpoint();
        return endpoint == null ? "(no route)" : endpoint.path;
    }
}
