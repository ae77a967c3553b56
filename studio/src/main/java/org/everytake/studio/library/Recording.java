package org.everytake.studio.library;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one press of Record gave.
 *
 * @param mode the session's when it began
 * @param startedAt when its first packet was durable; null until then
 * @param sizeBytes of its tape
 * @param thumbnail the SHA-256 of its picture; null as long as there is none
 * @param deletedAt since when it is hidden, null while it is there
 * @param erasingAt since when there is no way back, null before
 * @param revision counts what people have changed of it
 * @param failure a sentence on what went wrong, null if nothing did
 */
public record Recording(
        UUID id,
        UUID session,
        String title,
        SessionMode mode,
        RecordingState state,
        @Nullable String startedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt,
        long durationMillis,
        long sizeBytes,
        @Nullable String thumbnail,
        @Nullable Long thumbnailBytes,
        long revision,
        @Nullable Instant deletedAt,
        @Nullable Instant erasingAt,
        @Nullable String failure) {}
