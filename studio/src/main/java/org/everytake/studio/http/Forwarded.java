package org.everytake.studio.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedCSV;
import org.everytake.studio.config.IpLiteral;

/** What proxies write into a request, as {@code Forwarded} (RFC 7239) or as the older {@code X-Forwarded-} headers. */
final class Forwarded {
    private Forwarded() {}

    /**
     * What one proxy saw.
     *
     * @param address empty for a name, a hidden one, or what cannot be understood
     * @param scheme empty where it is not said
     */
    record Hop(Optional<InetAddress> address, Optional<String> scheme) {}

    /** Of {@code Forwarded}, the nearest proxy's last. */
    static List<Hop> standard(HttpFields headers) {
        List<Hop> hops = new ArrayList<>();
        for (String element : list(headers, HttpHeader.FORWARDED.asString(), true)) {
            Optional<InetAddress> address = Optional.empty();
            Optional<String> scheme = Optional.empty();
            for (String pair : element.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 0) {
                    continue;
                }
                String value = QuotedCSV.unquote(pair.substring(equals + 1).strip());
                switch (pair.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                    case "for" -> address = address(value);
                    case "proto" -> scheme = Optional.of(value.toLowerCase(Locale.ROOT));
                    default -> {
                        // by and host say nothing that we need.
                    }
                }
            }
            hops.add(new Hop(address, scheme));
        }
        return hops;
    }

    /** Of {@code X-Forwarded-For}, the nearest proxy's last. */
    static List<Hop> usual(HttpFields headers) {
        return list(headers, "X-Forwarded-For", false).stream()
                .map(value -> new Hop(address(value), Optional.empty()))
                .toList();
    }

    /** By what the browser came: what the nearest proxy says. */
    static Optional<String> scheme(HttpFields headers, List<Hop> standard) {
        List<String> usual = list(headers, "X-Forwarded-Proto", false);
        if (!usual.isEmpty()) {
            return Optional.of(usual.getLast().toLowerCase(Locale.ROOT));
        }
        return standard.isEmpty() ? Optional.empty() : standard.getLast().scheme();
    }

    /** What is between the commas. Of quotes that do not close it is one thing, which nobody understands. */
    private static List<String> list(HttpFields headers, String name, boolean keepQuotes) {
        try {
            return headers.getCSV(name, keepQuotes);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return List.of("");
        }
    }

    /** With or without a port: {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1}, {@code [2001:db8::1]:80}. */
    private static Optional<InetAddress> address(String text) {
        String bare = text.strip();
        if (bare.startsWith("[") && bare.contains("]")) {
            bare = bare.substring(1, bare.indexOf(']'));
        } else if (bare.indexOf(':') >= 0 && bare.indexOf(':') == bare.lastIndexOf(':')) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        return IpLiteral.parse(bare);
    }
}
