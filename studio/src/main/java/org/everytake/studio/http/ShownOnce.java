package org.everytake.studio.http;

import io.javalin.http.Context;
import java.util.Optional;

/** Marks an answer that holds a secret which is shown this once, so that nobody keeps it. */
public final class ShownOnce {
    private static final String ATTRIBUTE = "everytake.shown-once";

    private ShownOnce() {}

    /** @param made the id of what the secret opens, by which it can be found and taken back */
    public static void mark(Context context, Object made) {
        context.attribute(ATTRIBUTE, made.toString());
    }

    /** What was made, if the answer holds such a secret. */
    public static Optional<String> made(Context context) {
        return Optional.ofNullable(context.attribute(ATTRIBUTE));
    }
}
