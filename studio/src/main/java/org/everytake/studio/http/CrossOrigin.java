package org.everytake.studio.http;

import io.javalin.http.Context;
import java.util.Set;

/**
 * Lets pages of other sites call what is opened by a bearer token alone (CORS, in the Fetch standard): cookies are
 * added by the browser itself, a token only by whoever has it, so nothing happens in the name of somebody who knows
 * nothing of it.
 */
public final class CrossOrigin {
    private static final Set<String> OPEN = Set.of("/api/v1/whip", "/api/v1/whep");

    private CrossOrigin() {}

    static boolean isOpen(String path) {
        int third = path.indexOf('/', "/api/v1/".length());
        return OPEN.contains(third < 0 ? path : path.substring(0, third));
    }

    static void allow(Context context) {
        context.header("Access-Control-Allow-Origin", "*");
        context.header("Access-Control-Expose-Headers", "ETag, Link, Location, Retry-After");
    }

    /** Says in the answer to OPTIONS what may be asked for. */
    public static void preflight(Context context, String methods) {
        context.header("Access-Control-Allow-Methods", methods);
        context.header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match");
        context.header("Access-Control-Max-Age", "3600");
    }
}
