package org.everytake.studio.delivery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The name under which a browser stores a download (RFC 6266), of any characters (RFC 8187). */
final class FileName {
    private FileName() {}

    /** The value of {@code Content-Disposition}. */
    static String disposition(String name, boolean download) {
        String plain = name.replaceAll("[^A-Za-z0-9 ._()-]", "_");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return (download ? "attachment" : "inline") + "; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }
}
