package org.everytake.studio.library;

import org.jspecify.annotations.Nullable;

/**
 * A layout that somebody chose for a file, whole: the file can be made again when the organisation has changed or deleted it.
 *
 * @param name what it was called when it was chosen
 * @param form its JSON, as {@code docs/formats.md} has it
 * @param timeZone whose time of day is told, where the layout tells it, as the IANA names it; null for UTC
 */
public record ChosenLayout(
        String name, String form, @Nullable String timeZone) {

    /** Whether two files look the same; null where nobody chose. */
    static boolean same(@Nullable ChosenLayout one, @Nullable ChosenLayout other) {
        return one == null || other == null ? one == null && other == null : one.form.equals(other.form);
    }
}
