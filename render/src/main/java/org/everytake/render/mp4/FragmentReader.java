package org.everytake.render.mp4;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one video track of a fragmented MP4 (ISO/IEC 14496-12 section 8.8) as it comes out of FFmpeg: the coded
 * pictures go on to a piece, back to back, and their index stays here. The first picture shown is tick 0, wherever its own
 * time lies. Used once, by one thread.
 */
public final class FragmentReader {
    private static final int DATA_OFFSET = 0x1;
    private static final int FIRST_SAMPLE_FLAGS = 0x4;
    private static final int SAMPLE_DURATION = 0x100;
    private static final int SAMPLE_SIZE = 0x200;
    private static final int SAMPLE_FLAGS = 0x400;
    private static final int SAMPLE_COMPOSITION_OFFSET = 0x800;
    private static final int IS_NON_SYNC = 0x1_0000;

    private final DataInputStream in;
    private final OutputStream samples;
    private final IntConsumer counted;
    private final int ticksPerSecond;
    private long timescale;
    private byte @Nullable [] decoderConfiguration;
    private Defaults trackDefaults = new Defaults(0, 0, 0);
    private long[] shownAt = new long[2048];
    private int[] sizes = new int[2048];
    private boolean[] keys = new boolean[2048];
    private int count;
    private int written;

    private record Defaults(long duration, long size, long flags) {}

    /**
     * @param ticksPerSecond each of which is a whole number of units of the track's own time
     * @param counted hears the number of pictures so far, after each fragment
     */
    public FragmentReader(InputStream in, int ticksPerSecond, OutputStream samples, IntConsumer counted) {
        this.ticksPerSecond = ticksPerSecond;
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        this.samples = samples;
        this.counted = counted;
    }

    /** Reads to the end of the stream. */
    public VideoSamples read() throws IOException {
        try {
            boxes();
            return inOrder();
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            throw new IOException("A fragment's index is damaged: " + e, e);
        }
    }

    /** Whether the picture that was counted last can be decoded without others. */
    public boolean isLastKey() {
        return keys[count - 1];
    }

    /** How many ticks the picture that was counted last is shown after the first one. */
    public long lastShownAt() {
        return ticks(shownAt[count - 1] - shownAt[0]);
    }

    /** The AVCDecoderConfigurationRecord, as soon as the first picture was counted. */
    public byte[] decoderConfiguration() {
        return decoderConfiguration == null ? new byte[0] : decoderConfiguration.clone();
    }

    private void boxes() throws IOException {
        for (BoxReader.Header header = BoxReader.next(in); header != null; header = BoxReader.next(in)) {
            switch (header.type()) {
                case "moov" -> movie(BoxReader.payload(in, header));
                case "moof" -> fragment(BoxReader.payload(in, header));
                case "mdat" -> data(header.payloadBytes());
                default -> in.skipNBytes(header.payloadBytes());
            }
        }
    }

    private void movie(ByteBuffer movie) throws IOException {
        decoderConfiguration = decoderConfiguration(movie);
        ByteBuffer header = required(BoxReader.find(movie, "trak/mdia/mdhd"));
        timescale = header.get(0) == 1 ? header.getInt(20) & 0xFFFF_FFFFL : header.getInt(12) & 0xFFFF_FFFFL;
        ByteBuffer extend = BoxReader.find(movie, "mvex/trex");
        if (extend != null) {
            extend.position(12);
            trackDefaults = new Defaults(u32(extend), u32(extend), u32(extend));
        }
    }

    /** The AVCDecoderConfigurationRecord of a movie's first track. */
    static byte[] decoderConfiguration(ByteBuffer movie) throws IOException {
        ByteBuffer descriptions = BoxReader.find(movie, "trak/mdia/minf/stbl/stsd");
        if (descriptions == null || descriptions.remaining() < 16 + 78) {
            throw new IOException("No sample description");
        }
        // stsd: version and count, then the header and the 78 fixed bytes of avc1 come before its boxes
        ByteBuffer avcc = BoxReader.find(descriptions.slice(8 + 8 + 78, descriptions.remaining() - 94), "avcC");
        if (avcc == null) {
            throw new IOException("No H.264");
        }
        byte[] configuration = new byte[avcc.remaining()];
        avcc.get(configuration);
        return configuration;
    }

    private void fragment(ByteBuffer fragment) throws IOException {
        ByteBuffer header = required(BoxReader.find(fragment, "traf/tfhd"));
        ByteBuffer time = required(BoxReader.find(fragment, "traf/tfdt"));
        ByteBuffer run = required(BoxReader.find(fragment, "traf/trun"));
        Defaults defaults = defaults(header);
        long decodedAt = time.getInt() >>> 24 == 1 ? time.getLong() : u32(time);
        int flags = run.getInt() & 0xFF_FFFF;
        int entries = run.getInt();
        if ((flags & DATA_OFFSET) != 0) {
            run.getInt();
        }
        long firstFlags = (flags & FIRST_SAMPLE_FLAGS) != 0 ? u32(run) : defaults.flags;
        for (int i = 0; i < entries; i++) {
            long duration = (flags & SAMPLE_DURATION) != 0 ? u32(run) : defaults.duration;
            long size = (flags & SAMPLE_SIZE) != 0 ? u32(run) : defaults.size;
            long sampleFlags = (flags & SAMPLE_FLAGS) != 0 ? u32(run) : i == 0 ? firstFlags : defaults.flags;
            long offset = (flags & SAMPLE_COMPOSITION_OFFSET) != 0 ? run.getInt() : 0;
            add(Math.toIntExact(size), (sampleFlags & IS_NON_SYNC) == 0, decodedAt + offset);
            decodedAt += duration;
        }
    }

    private Defaults defaults(ByteBuffer header) {
        int flags = header.getInt() & 0xFF_FFFF;
        header.getInt(); // track
        if ((flags & 0x1) != 0) {
            header.getLong(); // base data offset
        }
        if ((flags & 0x2) != 0) {
            header.getInt(); // sample description
        }
        long duration = (flags & 0x8) != 0 ? u32(header) : trackDefaults.duration;
        long size = (flags & 0x10) != 0 ? u32(header) : trackDefaults.size;
        long sampleFlags = (flags & 0x20) != 0 ? u32(header) : trackDefaults.flags;
        return new Defaults(duration, size, sampleFlags);
    }

    private void add(int size, boolean key, long at) {
        if (count == sizes.length) {
            shownAt = Arrays.copyOf(shownAt, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
            keys = Arrays.copyOf(keys, count * 2);
        }
        shownAt[count] = at;
        sizes[count] = size;
        keys[count] = key;
        count++;
    }

    private void data(long bytes) throws IOException {
        long announced = 0;
        for (int i = written; i < count; i++) {
            announced += sizes[i];
        }
        if (announced != bytes) {
            throw new IOException("A fragment of " + bytes + " bytes whose index says " + announced);
        }
        byte[] buffer = new byte[1 << 16];
        for (long left = bytes; left > 0; ) {
            int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (got < 0) {
                throw new EOFException("A fragment is cut off");
            }
            samples.write(buffer, 0, got);
            left -= got;
        }
        written = count;
        counted.accept(count);
    }

    private VideoSamples inOrder() throws IOException {
        if (written < count) {
            throw new EOFException("A fragment without its data");
        }
        long first = Arrays.stream(shownAt, 0, count).min().orElse(0);
        VideoSamples result = new VideoSamples();
        for (int i = 0; i < count; i++) {
            result.add(sizes[i], keys[i], ticks(shownAt[i] - first));
        }
        if (decoderConfiguration != null) {
            result.decoderConfiguration(decoderConfiguration);
        }
        return result;
    }

    private long ticks(long units) {
        if (timescale <= 0 || units < 0 || units * ticksPerSecond % timescale != 0) {
            throw new ArithmeticException("A picture at " + units + " of " + timescale + ", which is on no tick of "
                    + ticksPerSecond + " a second");
        }
        return units * ticksPerSecond / timescale;
    }

    private static ByteBuffer required(@Nullable ByteBuffer box) throws IOException {
        if (box == null) {
            throw new IOException("A fragment without header, time or run, or a track without a header");
        }
        return box;
    }

    private static long u32(ByteBuffer in) {
        return in.getInt() & 0xFFFF_FFFFL;
    }
}
