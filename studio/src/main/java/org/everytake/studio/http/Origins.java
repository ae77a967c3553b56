package org.everytake.studio.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites' pages from using a visitor's browser against us: what changes something, and the sockets, may come
 * from our own pages or from programs, which send no {@code Origin}.
 *
 * @param publicAddress how browsers reach us; the address by which a request came is trusted too
 */
record Origins(URI publicAddress) {
    void check(Context context) {
        boolean otherSite = "cross-site".equals(context.header("Sec-Fetch-Site"));
        if (otherSite || !trusts(context.header("Origin"), context.header("Host"))) {
            throw new Refused(ErrorId.WRONG_ORIGIN, "Pages of other sites may not do this.");
        }
    }

    boolean trusts(HttpServletRequest request) {
        return trusts(request.getHeader("Origin"), request.getHeader("Host"));
    }

    private boolean trusts(@Nullable String origin, @Nullable String host) {
        return origin == null
                || origin.equals(publicAddress.toString())
                || (host != null && (origin.equals("http://" + host) || origin.equals("https://" + host)));
    }
}
