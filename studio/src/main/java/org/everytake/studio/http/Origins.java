package org.everytake.studio.http;

import io.javalin.http.Context;
import java.net.URI;

/**
 * Keeps other sites' pages from using a visitor's browser against us: what changes something, and the sockets, may come
 * from our own pages or from programs, which send no {@code Origin}.
 *
 * @param publicAddress how browsers reach us; the address by which a request came is trusted too
 */
record Origins(URI publicAddress) {
    void check(Context context) {
        String origin = context.header("Origin");
        if (origin == null || origin.equals(publicAddress.toString())) {
            return;
        }
        String host = context.header("Host");
        if (host != null && (origin.equals("http://" + host) || origin.equals("https://" + host))) {
            return;
        }
        throw new Refused(ErrorId.WRONG_ORIGIN, "Pages of other sites may not do this.");
    }
}
