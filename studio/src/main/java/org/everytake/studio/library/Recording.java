package org.everytake.studio.library;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one press of Record gave.
 *
 * @param startedAt when its first packet was durable; null until then
 * @param sizeBytes of its tape
 * @param failure a sentence on what went wrong, null if nothing did
 */
public record Recording(
        UUID id,
        String session,
        String title,
        RecordingState state,
        @Nullable String startedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt,
        long durationMillis,
        long sizeBytes,
        @Nullable String failure) {}
