package org.everytake.studio.http.limit;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is limited together. */
public enum LimitClass {
    /** Signing in and one-time links: what could be guessed. */
    SIGN_IN,
    /** Rooms and their sockets, and what encoders and players call. */
    JOIN,
    /** All the rest of the API. */
    API;

    private static final String PREFIX = "/api/v1/";
    private static final Set<String> ROOMS = Set.of("rooms", "whip", "whep");

    /** As the headers spell it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of a path, decoded; empty for what is no call of the API, such as pages. */
    public static Optional<LimitClass> of(String method, String path) {
        if (!path.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String call = path.substring(PREFIX.length());
        if (ROOMS.contains(call.replaceFirst("/.*", ""))) {
            return Optional.of(JOIN);
        }
        // To ask what sign-in the server offers guesses nothing, and every page does it.
        boolean guess = call.startsWith("sign-in") && (method.equals("POST") || call.length() > "sign-in".length());
        return Optional.of(guess || call.startsWith("links") ? SIGN_IN : API);
    }
}
