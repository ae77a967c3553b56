package org.everytake.studio.library;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sealed segment of a recording's tape.
 *
 * @param name of its file on the spool
 * @param shippedAt since when the vault has it, verified; null while only the spool has
 * @param erasedAt since when the spool has it no more
 */
public record Segment(
        UUID recording,
        String name,
        long sizeBytes,
        Instant sealedAt,
        @Nullable Instant shippedAt,
        @Nullable Instant erasedAt) {}
