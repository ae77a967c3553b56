package org.everytake.studio.library.retention;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be erased by its organisation's plan.
 *
 * @param kind tape, raw or files
 * @param days of the plan, since the recording's end
 * @param at when they are over
 * @param waits why it is not erased then: {@code held}, {@code busy}, {@code no-file} as long as there is no MP4 (in the
 *     audio modes MP3) of it, {@code tape} as long as that is there; null if nothing stands against it
 */
record Due(
        UUID recording,
        UUID organisation,
        String title,
        String kind,
        int days,
        Instant at,
        long sizeBytes,
        @Nullable String waits) {
    static final String TAPE = "tape";
    static final String RAW = "raw";
    static final String FILES = "files";
}
