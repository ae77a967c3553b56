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
    private static final String HANDSHAKE = "-oidc";
    private static final Duration HANDSHAKE_KEPT = Duration.ofMinutes(10);

    private Cookies() {}

    static @Nullable String read(HttpServletRequest request) {
        return read(request, "");
    }

    /** What a browser keeps while it signs in with a provider; it comes back from there with it. */
    static @Nullable String readHandshake(HttpServletRequest request) {
        return read(request, HANDSHAKE);
    }

    private static @Nullable String read(HttpServletRequest request, String suffix) {
        var cookies = request.getCookies();
        if (cookies == null) {
            return null;
        }
        String name = name(request) + suffix;
        for (var cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return cookie.getValue();
            }
        }
        return null;
    }

    static void give(Context context, String secret) {
        set(context, "", secret, KEPT);
    }

    static void giveHandshake(Context context, String secret) {
        set(context, HANDSHAKE, secret, HANDSHAKE_KEPT);
    }

    static void takeHandshakeBack(Context context) {
        set(context, HANDSHAKE, "", Duration.ZERO);
    }

    static void takeBack(Context context) {
        set(context, "", "", Duration.ZERO);
    }

    private static void set(Context context, String suffix, String value, Duration kept) {
        boolean tls = context.req().isSecure();
        String name = name(context.req()) + suffix;
        context.cookie(new Cookie(name, value, "/", (int) kept.toSeconds(), tls, true, null, SameSite.LAX));
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? OVER_TLS : PLAIN;
    }
}
