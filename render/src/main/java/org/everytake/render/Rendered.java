package org.everytake.render;

import java.util.List;

/**
 * What a render made.
 *
 * @param sizeBytes of the file
 * @param remarks what is missing or was repaired, a sentence each, for whoever reads the manifest
 */
public record Rendered(long sizeBytes, long durationNanos, List<String> remarks) {
    public Rendered {
        remarks = List.copyOf(remarks);
    }
}
