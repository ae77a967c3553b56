package org.everytake.studio.record;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.everytake.tape.read.Interruption;

/** Says what of a recording is missing because the server was away. */
final class Away {
    static final String CUT_SHORT = "The server ended while this was being recorded. All until then is here.";

    private static final long NANOS = 1_000_000_000L;

    private Away() {}

    /** Empty if nothing is missing. */
    static Optional<String> sentence(List<Interruption> interruptions) {
        if (interruptions.isEmpty()) {
            return Optional.empty();
        }
        String gaps = interruptions.stream()
                .filter(Interruption::wentOn)
                .map(gap -> time(gap.fromNanos()) + " for " + span(gap.toNanos() - gap.fromNanos()))
                .collect(Collectors.joining(", and at "));
        String missing = gaps.isEmpty()
                ? ""
                : "The server was away at " + gaps + " of the recording: what was said then is missing.";
        boolean cutShort = !interruptions.getLast().wentOn();
        return Optional.of((missing + (cutShort ? " " + CUT_SHORT : "")).strip());
    }

    /** Hours, minutes and seconds, as players show them. */
    private static String time(long nanos) {
        long seconds = nanos / NANOS;
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String span(long nanos) {
        long seconds = Math.max(1, Math.round((double) nanos / NANOS));
        return seconds == 1 ? "1 second" : seconds + " seconds";
    }
}
