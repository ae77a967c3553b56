package org.everytake.tape.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
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
    private byte[] sealed = new byte[0];

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

    /** A batch's header and records. */
    @SuppressWarnings("ArrayRecordComponent") // only handed on
    public record Opened(BatchHeader header, byte[] records) {}

    /** Opens the batch at this place. */
    public Opened open(long offset) throws IOException, Damaged {
        BatchHeader batch = headerAt(channel, offset);
        if (batch == null || batch.totalBytes() > channel.size() - offset) {
            throw new Damaged("no batch begins here");
        }
        if (sealed.length < batch.totalBytes()) {
            sealed = new byte[batch.totalBytes()];
        }
        if (!read(channel, offset, sealed, batch.totalBytes())) {
            throw new Damaged("the batch is not complete");
        }
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
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        channel.position(offset);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }
}
