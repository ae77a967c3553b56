package org.everytake.studio.inspect;

import java.util.Locale;

/**
 * Something that was looked at.
 *
 * @param what words without a stop
 * @param sizeBytes of it that are whole
 */
record Finding(Verdict verdict, String recording, String what, long sizeBytes) {
    private static final double MEGABYTE = 1 << 20;

    enum Verdict {
        WHOLE,
        /** Being written: whole as far as it goes. */
        WRITING,
        DAMAGED,
        MISSING,
        /** Not in this data folder, but as it seems in a bucket, which is not looked into. */
        ELSEWHERE
    }

    static Finding whole(String recording, String what, long sizeBytes) {
        return new Finding(Verdict.WHOLE, recording, what + ", " + megabytes(sizeBytes), sizeBytes);
    }

    static Finding writing(String recording, String what, long sizeBytes) {
        return new Finding(
                Verdict.WRITING,
                recording,
                what + " is being written, " + megabytes(sizeBytes) + " whole so far",
                sizeBytes);
    }

    static Finding damaged(String recording, String what) {
        return new Finding(Verdict.DAMAGED, recording, what, 0);
    }

    static Finding missing(String recording, String what) {
        return new Finding(Verdict.MISSING, recording, what, 0);
    }

    static Finding elsewhere(String recording, String what) {
        return new Finding(Verdict.ELSEWHERE, recording, what, 0);
    }

    boolean isWell() {
        return verdict == Verdict.WHOLE || verdict == Verdict.WRITING || verdict == Verdict.ELSEWHERE;
    }

    /** As a person reads it, and as {@code grep} finds it: the verdict first, then the recording. */
    String line() {
        String stopped = what.endsWith(".") ? what.substring(0, what.length() - 1) : what;
        return String.format(Locale.ROOT, "%-7s  %s  %s", verdict.name().toLowerCase(Locale.ROOT), recording, stopped);
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }
}
