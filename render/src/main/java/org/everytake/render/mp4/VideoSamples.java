package org.everytake.render.mp4;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The coded pictures of a track in decoding order: sizes, which are key frames, and on which tick each is shown first. Each is
 * shown until the next is, the last one until the end. Grows while it is filled; one thread at a time.
 */
public final class VideoSamples {
    private int[] sizes = new int[1024];
    private long[] shownAt = new long[1024];
    private boolean[] keys = new boolean[1024];
    private int count;
    private long ticks;
    private byte[] decoderConfiguration = new byte[0];

    /**
     * Adds a picture, which is shown for a tick at least.
     *
     * @param shownAt on which tick it is shown first, from 0 on; no other is on the same
     */
    public void add(int size, boolean key, long shownAt) {
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, count * 2);
            this.shownAt = Arrays.copyOf(this.shownAt, count * 2);
            keys = Arrays.copyOf(keys, count * 2);
        }
        sizes[count] = size;
        this.shownAt[count] = shownAt;
        keys[count] = key;
        count++;
        ticks = Math.max(ticks, shownAt + 1);
    }

    /** The picture shown last is shown until this tick. */
    public void lastUntil(long tick) {
        if (tick < ticks) {
            throw new IllegalArgumentException("Of " + ticks + " ticks none may be left out: " + tick);
        }
        ticks = tick;
    }

    public void decoderConfiguration(byte[] avcc) {
        decoderConfiguration = avcc;
    }

    /** What a decoder must know first, as the codec's files have it; of H.264 the AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3.1). */
    public byte[] decoderConfiguration() {
        return decoderConfiguration;
    }

    public int count() {
        return count;
    }

    /** How long they are shown altogether. */
    public long ticks() {
        return ticks;
    }

    public int size(int sample) {
        return sizes[sample];
    }

    public boolean isKey(int sample) {
        return keys[sample];
    }

    /** On which tick a picture is shown first. */
    public long shownAt(int sample) {
        return shownAt[sample];
    }

    /**
     * When each is decoded, in ticks, and behind them when the last one would be that follows. Each is decoded by when it is
     * shown, and the first no earlier than it must: before tick 0 where some are decoded before others that are shown before
     * them. Apart from that, pictures are decoded at the pace at which they are shown.
     */
    long[] decodedAt() {
        long[] latest = latest();
        long delay = delay(latest);
        long[] decodedAt = Arrays.copyOf(shownAt, count + 1);
        Arrays.sort(decodedAt, 0, count);
        decodedAt[count] = ticks;
        for (int i = 0; i <= count; i++) {
            decodedAt[i] = Math.min(decodedAt[i] - delay, latest[i]);
        }
        return decodedAt;
    }

    /** How many ticks before the first picture is shown decoding begins. */
    long delay() {
        return delay(latest());
    }

    private static long delay(long[] latest) {
        return -Math.min(0, latest[0]);
    }

    /** When each must be decoded, one on a tick. */
    private long[] latest() {
        long[] latest = Arrays.copyOf(shownAt, count + 1);
        latest[count] = ticks;
        for (int i = count - 1; i >= 0; i--) {
            latest[i] = Math.min(shownAt[i], latest[i + 1] - 1);
        }
        return latest;
    }

    /** Writes it down for {@link #read}. */
    public void write(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(decoderConfiguration.length);
        out.write(decoderConfiguration);
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeInt(sizes[i]);
            out.writeLong(shownAt[i]);
            out.writeBoolean(keys[i]);
        }
        out.writeLong(ticks);
        out.flush();
    }

    /** What {@link #write} wrote. */
    public static VideoSamples read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        VideoSamples samples = new VideoSamples();
        byte[] configuration = new byte[in.readInt()];
        in.readFully(configuration);
        samples.decoderConfiguration(configuration);
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int size = in.readInt();
            long shownAt = in.readLong();
            samples.add(size, in.readBoolean(), shownAt);
        }
        samples.lastUntil(in.readLong());
        return samples;
    }

    /** Appends what was encoded next by the same encoder with the same settings. */
    public void append(VideoSamples next) {
        if (count > 0 && !Arrays.equals(decoderConfiguration, next.decoderConfiguration)) {
            throw new IllegalArgumentException("The parameter sets of the chunks differ");
        }
        decoderConfiguration = next.decoderConfiguration;
        long base = ticks;
        for (int i = 0; i < next.count; i++) {
            add(next.sizes[i], next.keys[i], base + next.shownAt[i]);
        }
        lastUntil(base + next.ticks);
    }
}
