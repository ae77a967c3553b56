package org.everytake.studio.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as they are written out: no name is ever looked up. */
public final class IpLiteral {
    // The JDK also takes 10.1 and 167772161 for addresses of version 4, which nobody means.
    private static final Pattern VERSION_4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern VERSION_6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]{1,45}");

    private IpLiteral() {}

    /** Empty for anything else, names and addresses with a zone among it. */
    public static Optional<InetAddress> parse(String text) {
        if (!VERSION_4.matcher(text).matches() && !VERSION_6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
