package org.everytake.studio.people;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page that somebody wanted before they were asked to sign in. Always one of this server's: nobody is led elsewhere
 * by a link to the sign-in.
 *
 * @param path with its query
 */
record WantedPage(String path) {
    static final WantedPage FIRST = new WantedPage("/");

    private static final int LONGEST = 1_000;

    // Browsers take \ for /, drop tabs and line ends, and what begins with // is another host.
    private static final Pattern OURS = Pattern.compile("/(?!/|api(?:[/?#]|$))[!-\\[\\]-~]*");

    /** The first page unless {@code given} is one of ours. */
    static WantedPage of(@Nullable String given) {
        return given == null || given.length() > LONGEST || !OURS.matcher(given).matches()
                ? FIRST
                : new WantedPage(given);
    }

    /** Where the browser is sent when signing in did not work, to be sent on from there. */
    String signIn(String problem) {
        String there = "/sign-in?problem=" + problem;
        return equals(FIRST) ? there : there + "&then=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    /** For a cookie's value. */
    String packed() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(path.getBytes(StandardCharsets.UTF_8));
    }

    static WantedPage unpacked(String packed) {
        try {
            return of(new String(Base64.getUrlDecoder().decode(packed), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return FIRST;
        }
    }
}
