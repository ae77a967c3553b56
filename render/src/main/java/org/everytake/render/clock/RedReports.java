package org.everytake.render.clock;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Mends what libwebrtc, and so every Chromium, says of the time of sound that it sends as RED. A report's timestamp is
 * that of the last packet plus what has passed since, in whole milliseconds; but for RED it counts those milliseconds at
 * 8 kHz instead of 48, so that sound would be some 25 ms late (measured: reports lie 152 to 336 ticks behind a packet, all
 * of them multiples of 8). A report that counts rightly is a multiple of 48 behind, and one of another sender anything.
 */
public final class RedReports {
    /** The clock rate that is meant. */
    private static final int CLOCK_RATE = 48_000;

    /** Ticks for a millisecond as they are counted, and as they should be. */
    private static final int COUNTED = 8;

    private static final int MEANT = 48;

    /** Packets lie a multiple of 20 ms apart. */
    private static final int GRID = 960;

    /** 50 ms: no report comes so long after a packet. */
    private static final int MOST = 50 * COUNTED;

    private RedReports() {}

    /**
     * The reports as they were meant; as they are where they have another fault or none.
     *
     * @param arrivals of the stream's packets
     * @param timestamp of any of them, extended beyond 32 bits
     */
    public static List<Report> mend(List<Report> reports, Arrivals arrivals, long timestamp) {
        long[] behind = reports.stream()
                .mapToLong(report -> Math.floorMod(arrivals.extend(report) - timestamp, GRID))
                .toArray();
        boolean counted = arrivals.clockRate() == CLOCK_RATE
                && Arrays.stream(behind).allMatch(ticks -> ticks % COUNTED == 0 && ticks <= MOST)
                && Arrays.stream(behind).anyMatch(ticks -> ticks % MEANT != 0);
        return counted
                ? IntStream.range(0, behind.length)
                        .mapToObj(i -> mended(reports.get(i), behind[i]))
                        .toList()
                : reports;
    }

    private static Report mended(Report report, long behind) {
        long more = behind * (MEANT / COUNTED - 1);
        return new Report(report.arrivalNanos(), report.ntp64(), report.timestamp32() + more & 0xFFFF_FFFFL);
    }
}
