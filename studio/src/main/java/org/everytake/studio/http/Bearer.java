package org.everytake.studio.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The token of {@code Authorization: Bearer …} (RFC 6750, section 2.1). */
public final class Bearer {
    private Bearer() {}

    public static @Nullable String of(Context context) {
        return of(context.req());
    }

    public static @Nullable String of(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        String token = header.substring(7).strip();
        return token.isEmpty() ? null : token;
    }
}
