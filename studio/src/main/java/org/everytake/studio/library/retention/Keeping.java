package org.everytake.studio.library.retention;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long what a recording has is kept, and what of it is gone.
 *
 * @param tapeUntil when the tape's period ends; null as long as it runs, and once the tape is gone
 * @param filesDays null if files are kept for ever
 * @param erased what was erased by the plan, in that order
 */
public record Keeping(
        int tapeDays,
        @Nullable Instant tapeUntil,
        @Nullable Integer filesDays,
        @Nullable Instant filesUntil,
        @Nullable Hold hold,
        List<Erased> erased) {
    public Keeping {
        erased = List.copyOf(erased);
    }

    /** A legal hold: since when, and the name of who put it. */
    public record Hold(Instant since, String by) {}

    /**
     * The proof that something is gone.
     *
     * @param kind tape, raw or files
     * @param days of the plan by which it was erased
     * @param keyDestroyed false of a RAW archive alone, whose key is that of all files
     */
    public record Erased(String kind, Instant at, int days, long sizeBytes, boolean keyDestroyed) {}
}
