package org.everytake.render.timeline;

import java.util.Arrays;
import java.util.List;
import org.everytake.render.Span;
import org.everytake.render.clock.ClockMap;
import org.everytake.wire.rtp.AudioLevel;

/**
 * How loud a stream of sound was: of each tenth of a second in RTP time in which something came, the loudest packet. A few
 * bytes for each. One thread.
 */
final class Loudness {
    /** Tenths of a second. */
    static final long STEP_NANOS = 100_000_000;

    private final int clockRate;
    private long[] timestamps = new long[64];
    private byte[] values = new byte[64];
    private int count;
    private boolean voiced;

    Loudness(int clockRate) {
        this.clockRate = clockRate;
    }

    /** @param value as {@link AudioLevel#read} has it, of a packet with this extended timestamp */
    void add(long timestamp, int value) {
        voiced |= AudioLevel.isVoice(value);
        long step = timestamp - Math.floorMod(timestamp, Math.max(1, clockRate / 10));
        if (count > 0 && timestamps[count - 1] == step) {
            values[count - 1] = (byte) louder(values[count - 1] & 0xFF, value);
            return;
        }
        if (count == timestamps.length) {
            timestamps = Arrays.copyOf(timestamps, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        timestamps[count] = step;
        values[count++] = (byte) value;
    }

    private static int louder(int one, int other) {
        boolean otherIs = AudioLevel.isVoice(other) != AudioLevel.isVoice(one)
                ? AudioLevel.isVoice(other)
                : AudioLevel.level(other) < AudioLevel.level(one);
        return otherIs ? other : one;
    }

    /**
     * Adds what was heard to dB below full scale, by step of session time. Where the sender tells speech from noise, noise is silence.
     *
     * @param levels silence where nothing is heard
     * @param mutes when nothing was to be heard
     */
    void addTo(byte[] levels, ClockMap clock, List<Span> mutes) {
        for (int i = 0; i < count; i++) {
            long nanos = clock.sessionNanos(timestamps[i]);
            boolean muted = mutes.stream().anyMatch(mute -> mute.contains(nanos));
            long step = Math.floorDiv(nanos, STEP_NANOS);
            if (!muted && step >= 0 && step < levels.length && (!voiced || AudioLevel.isVoice(values[i]))) {
                levels[(int) step] = (byte) Math.min(levels[(int) step], AudioLevel.level(values[i]));
            }
        }
    }
}
