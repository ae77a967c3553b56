package org.everytake.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a render made.
 *
 * @param sizeBytes of the file
 * @param remarks what is missing or was repaired, a sentence each, for whoever reads the manifest
 * @param outline where all that is to be heard was mixed; null of what was only moved into another file
 */
public record Rendered(
        long sizeBytes,
        long durationNanos,
        List<String> remarks,
        @Nullable Outline outline) {
    public Rendered {
        remarks = List.copyOf(remarks);
    }
}
