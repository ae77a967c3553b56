package org.everytake.studio.http;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.UUID;

/** Ids in addresses. */
public final class PathId {
    private PathId() {}

    /** The id at that place of the path; empty if it is none, and then nothing has it. */
    public static Optional<UUID> of(Context context, String parameter) {
        return parse(context.pathParam(parameter));
    }

    /** An id in its canonical form only, so that each thing has one address. */
    public static Optional<UUID> parse(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
