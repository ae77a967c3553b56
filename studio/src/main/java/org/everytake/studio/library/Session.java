package org.everytake.studio.library;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A meeting that somebody set up, to which people come by its invitation.
 *
 * @param host the account whose it is; null once that is gone
 * @param startsAt null if it is held whenever
 * @param timeZone the host's, as the IANA names it, or null
 * @param cameraHeight how many lines cameras send, at most
 * @param invitation random, 128 bits: whoever knows it may come in; null once it was revoked
 * @param revision counts what people have changed of it
 * @param deletedAt since when it is hidden, null while it is there
 */
public record Session(
        UUID id,
        UUID organisation,
        String title,
        @Nullable UUID host,
        @Nullable Instant startsAt,
        @Nullable String timeZone,
        SessionMode mode,
        int cameraHeight,
        @Nullable String invitation,
        Instant createdAt,
        long revision,
        @Nullable Instant deletedAt) {}
