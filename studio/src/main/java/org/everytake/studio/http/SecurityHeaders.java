package org.everytake.studio.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * What every answer tells the browser not to do. Put in where Jetty begins a request, so that answers that no handler of
 * ours writes have it too.
 *
 * @param strict whether a browser that came by https shall never come otherwise again
 */
record SecurityHeaders(boolean strict) implements HttpConfiguration.Customizer {
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob:",
            "font-src 'self'",
            "media-src 'self' blob: mediastream:",
            // The room's WebSocket is of the same origin, which 'self' covers.
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final List<HttpField> FIELDS = List.of(
            field("Content-Security-Policy", CONTENT_SECURITY_POLICY),
            field("X-Content-Type-Options", "nosniff"),
            // A session's address is its key: it must not travel to other sites.
            field("Referrer-Policy", "no-referrer"),
            field("Cross-Origin-Opener-Policy", "same-origin"),
            field("Cross-Origin-Resource-Policy", "same-origin"),
            field(
                    "Permissions-Policy",
                    "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), fullscreen=(self),"
                            + " picture-in-picture=(self), geolocation=(), payment=(), usb=()"));

    private static final HttpField STRICT_TRANSPORT = field("Strict-Transport-Security", "max-age=31536000");

    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        FIELDS.forEach(answer::put);
        if (strict && request.isSecure()) {
            answer.put(STRICT_TRANSPORT);
        }
        return request;
    }

    private static HttpField field(String name, String value) {
        return new PreEncodedHttpField(name, value);
    }
}
