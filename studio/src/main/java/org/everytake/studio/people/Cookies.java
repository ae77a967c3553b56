package org.everytake.studio.people;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The cookie by which a browser stays signed in. Over TLS it is bound to this host and to TLS. */
final class Cookies {
    /** How long a browser that is not used stays signed in. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final String OVER_TLS = "__Host-everytake";
    private static final String PLAIN = "everytake";

    private Cookies() {}

    static @Nullable String read(HttpServletRequest request) {
        var cookies = request.getCookies();
        if (cookies == null) {
            return null;
        }
        String name = name(request);
        for (var cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return cookie.getValue();
            }
        }
        return null;
    }

    static void give(Context context, String secret) {
        set(context, secret, (int) KEPT.toSeconds());
    }

    static void takeBack(Context context) {
        set(context, "", 0);
    }

    private static void set(Context context, String value, int maxAgeSeconds) {
        boolean tls = context.req().isSecure();
        context.cookie(new Cookie(name(context.req()), value, "/", maxAgeSeconds, tls, true, null, SameSite.LAX));
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? OVER_TLS : PLAIN;
    }
}
