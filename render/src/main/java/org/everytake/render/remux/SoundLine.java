package org.everytake.render.remux;

import java.io.IOException;
import java.io.OutputStream;
import org.everytake.render.mp4.TimedSamples;

/**
 * The sound of a file: packets of Opus back to back from the session's zero to its end. Players count samples and look at no
 * time but the first, so what is missing is filled with {@link Silence}, and where the sender's clock has run away from the
 * session's by {@link #MOST_OFF_SAMPLES}, as much silence is put in, or a packet left out. One thread.
 */
final class SoundLine {
    static final int RATE = 48_000;

    /** 10 ms: nobody sees that lips are off by that, and a clock that is off by 50 ppm needs 200 s for it. */
    static final int MOST_OFF_SAMPLES = 480;

    private final OutputStream piece;
    private final TimedSamples samples = new TimedSamples();
    private long position;
    private long leftOut;

    /** @param piece gets the packets */
    SoundLine(OutputStream piece) {
        this.piece = piece;
    }

    /**
     * Adds a packet; one that comes after another which lasts longer is left out.
     *
     * @param start where its sound belongs, in samples since zero
     * @param samples how long it lasts
     */
    void add(long start, int samples, byte[] buffer, int offset, int length) throws IOException {
        long gap = start - position;
        if (gap <= -MOST_OFF_SAMPLES) {
            leftOut++;
            return;
        }
        if (gap >= MOST_OFF_SAMPLES) {
            fill(start);
        }
        put(samples, buffer, offset, length);
    }

    /** Fills with silence up to this sample, or up to less than {@link Silence#GRAIN_SAMPLES} before it. */
    void fill(long until) throws IOException {
        while (until - position >= Silence.GRAIN_SAMPLES) {
            int samples = Silence.fitting(until - position);
            byte[] packet = Silence.packet(samples);
            put(samples, packet, 0, packet.length);
        }
    }

    private void put(int samples, byte[] buffer, int offset, int length) throws IOException {
        this.samples.add(nanos(position), length, true);
        piece.write(buffer, offset, length);
        position += samples;
    }

    /** How many samples there are. */
    long position() {
        return position;
    }

    /** How many packets had no place. */
    long leftOut() {
        return leftOut;
    }

    TimedSamples samples() {
        return samples;
    }

    static long nanos(long samples) {
        return samples / RATE * 1_000_000_000L + samples % RATE * 1_000_000_000L / RATE;
    }

    /** The sample that is nearest to a time. */
    static long sample(long nanos) {
        return Math.floorDiv(nanos, 1_000_000_000L) * RATE
                + Math.round(Math.floorMod(nanos, 1_000_000_000L) * (RATE / 1e9));
    }
}
