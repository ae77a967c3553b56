package org.everytake.tape.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.jspecify.annotations.Nullable;

/** One segment opened for reading: its batches can be walked by their headers, and opened with the key. One thread. */
public final class SegmentReader implements Closeable {
    /** Places in a segment fit into 32 bits. */
    private static final long MAX_BYTES = 0xFFFF_FFFFL;

    private final SeekableByteChannel channel;
    private final SegmentHeader header;
    private final SegmentSeal seal;
    /** What was read and is not opened yet; kept, because batches are many and large. */
    private byte[] sealed = new byte[64 << 10];
    /** What is read at once in the hope that it is a whole batch: a little more than the one before. */
    private int usualBytes = 4 << 10;

    private SegmentReader(SeekableByteChannel channel, SegmentHeader header, SegmentSeal seal) {
        this.channel = channel;
        this.header = header;
        this.seal = seal;
    }

    /** The header of the segment in this channel. */
    public static SegmentHeader header(SeekableByteChannel channel) throws IOException, Damaged, TapeFault {
        byte[] bytes = new byte[SegmentHeader.BYTES];
        if (!read(channel, 0, bytes, bytes.length)) {
            throw new Damaged("the segment ends within its header");
        }
        return SegmentHeader.decode(bytes);
    }

    /**
     * Whether these bytes never were a segment: header and first batch become durable together, so where there is less
     * than a header, or zeros, nothing was ever committed.
     */
    public static boolean neverBegan(SeekableByteChannel channel) throws IOException {
        byte[] head = new byte[SegmentHeader.BYTES];
        if (!read(channel, 0, head, head.length)) {
            return true;
        }
        for (byte each : head) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes over the channel.
     *
     * @throws TapeFault if the key is another one, or a newer program wrote the segment
     */
    public static SegmentReader open(SeekableByteChannel channel, TapeKey key) throws IOException, Damaged, TapeFault {
        try {
            SegmentHeader header = header(channel);
            if (channel.size() > MAX_BYTES) {
                throw new Damaged("a segment of " + channel.size() + " bytes is larger than a segment may be");
            }
            return new SegmentReader(channel, header, SegmentSeal.of(key, header));
        } catch (IOException | Damaged | TapeFault e) {
            channel.close();
            throw e;
        }
    }

    public SegmentHeader header() {
        return header;
    }

    public long size() throws IOException {
        return channel.size();
    }

    public SegmentWalk walk() throws IOException {
        return new SegmentWalk(channel);
    }

    /** The header at this place, or null if there is no whole one. */
    public @Nullable BatchHeader headerAt(long offset) throws IOException {
        return headerAt(channel, offset);
    }

    /** A batch's header and records. */
    @SuppressWarnings("ArrayRecordComponent") // only handed on
    public record Opened(BatchHeader header, byte[] records) {}

    /** Opens the batch at this place. */
    public Opened open(long offset) throws IOException, Damaged {
        int there = read(channel, offset, sealed, 0, usualBytes);
        BatchHeader batch = there < BatchHeader.BYTES ? null : BatchHeader.decode(sealed, 0);
        if (batch == null) {
            throw new Damaged("no batch begins here");
        }
        int whole = batch.totalBytes();
        if (whole > sealed.length) {
            sealed = Arrays.copyOf(sealed, whole);
        }
        if (whole > there && read(channel, offset + there, sealed, there, whole) < whole - there) {
            throw new Damaged("the batch is not complete");
        }
        usualBytes = Math.min(sealed.length, Math.max(BatchHeader.BYTES, whole + whole / 4));
        return new Opened(batch, seal.open(batch, sealed));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static @Nullable BatchHeader headerAt(SeekableByteChannel channel, long offset) throws IOException {
        byte[] bytes = new byte[BatchHeader.BYTES];
        return read(channel, offset, bytes, bytes.length) ? BatchHeader.decode(bytes, 0) : null;
    }

    /** Whether so many bytes were there to be read. */
    static boolean read(SeekableByteChannel channel, long offset, byte[] into, int length) throws IOException {
        return read(channel, offset, into, 0, length) == length;
    }

    /** Fills the array from one place to another; returns how many bytes there were, fewer only at the end. */
    private static int read(SeekableByteChannel channel, long offset, byte[] into, int from, int to)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, from, to - from);
        if (channel instanceof FileChannel file) { // one call of the system in place of two
            while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position() - from) >= 0) {}
        } else {
            channel.position(offset);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
        }
        return buffer.position() - from;
    }
}
