package org.everytake.studio.record;

import java.time.Duration;
import java.util.Collection;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.Spool;

/**
 * Whether the disk can take one more recording: beyond its reserve it must have room for ten minutes of what runs, and for
 * a short recording at least. Stateless; waits for the disk.
 */
final class Admission {
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final long LEAST_BYTES = 32_000_000;
    private static final long MEGABYTE = 1_000_000;

    private Admission() {}

    /**
     * Lets a new recording in.
     *
     * @param running those beside which it would run
     * @throws Refused {@code disk-full}, or {@code recorder-failed} if the disk cannot be asked
     */
    static void require(Spool spool, Collection<ActiveRecording> running) {
        Spool.Space space;
        try {
            space = spool.space();
        } catch (TapeFault e) {
            throw new Refused(ErrorId.RECORDER_FAILED, ActiveRecording.sentence(e));
        }
        double bytesPerSecond =
                running.stream().mapToDouble(ActiveRecording::bytesPerSecond).sum();
        long need = needBytes(bytesPerSecond);
        if (space.freeBytes() < need) {
            throw new Refused(
                    ErrorId.DISK_FULL,
                    "The disk is nearly full: " + space.usableBytes() / MEGABYTE + " MB are free, of which "
                            + space.reserveBytes() / MEGABYTE
                            + " MB are kept for recordings that run, and a new one needs "
                            + need / MEGABYTE
                            + " MB to begin with. Delete recordings, or ask whoever runs the server to"
                            + " make the disk larger.");
        }
    }

    /** What must be free beyond the reserve, where so much is being recorded. */
    static long needBytes(double bytesPerSecond) {
        return Math.max(LEAST_BYTES, (long) (bytesPerSecond * AHEAD.toSeconds()));
    }
}
