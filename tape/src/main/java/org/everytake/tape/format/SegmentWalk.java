package org.everytake.tape.format;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes from batch to batch by their headers, without the key. Where a header is damaged it looks for the next whole one
 * and says what it stepped over. What a header says of number and length is not believed against the batches themselves:
 * one that a disk put into the wrong place hides none of those around it. Reader and recovery share it.
 */
public final class SegmentWalk {
    private static final int WINDOW = 64 << 10;

    /** A batch and where its header begins. */
    public record Found(BatchHeader header, long offset) {
        public long end() {
            return offset + header.totalBytes();
        }
    }

    /** Bytes that belong to no batch, and what they are. */
    public record Gap(long offset, String what) {}

    private final SeekableByteChannel channel;
    private final long size;
    private final List<Gap> gaps = new ArrayList<>();
    private long at = SegmentHeader.BYTES;
    private int expected;
    private boolean tail;
    /** What begins at {@code at}, where that was looked at before. */
    private @Nullable Found ahead;

    SegmentWalk(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** The next batch whose header is whole, or null at the end. */
    public @Nullable Found next() throws IOException {
        if (at >= size) {
            return null;
        }
        Found found = ahead == null ? fitting(at) : ahead;
        if (found == null) {
            found = scan(at + 1, size);
            if (found == null) {
                gaps.add(new Gap(at, "the last " + (size - at) + " bytes are no whole batch"));
                tail = true;
                at = size;
                return null;
            }
            gaps.add(new Gap(at, "bytes " + at + " to " + (found.offset - 1) + " are damaged"));
        } else if (found.header.number() > expected) {
            gaps.add(new Gap(at, "batches " + expected + " to " + (found.header.number() - 1) + " are missing"));
        } else if (found.header.number() < expected) {
            gaps.add(new Gap(at, "batch " + found.header.number() + " follows batch " + (expected - 1)));
        }
        goBehind(found);
        expected = found.header.number() + 1;
        return found;
    }

    /** What was stepped over so far. */
    public List<Gap> gaps() {
        return gaps;
    }

    /** Whether the last gap is the segment's end: what a crash leaves of a commit under way. */
    public boolean endsInGap() {
        return tail;
    }

    private @Nullable Found fitting(long offset) throws IOException {
        BatchHeader header = SegmentReader.headerAt(channel, offset);
        return header != null && fits(header, offset) ? new Found(header, offset) : null;
    }

    private boolean fits(BatchHeader header, long offset) {
        return header.totalBytes() <= size - offset;
    }

    /**
     * Goes behind the batch. If nothing begins there, but something does within it, then there, because the batch was
     * written over, or its header is.
     */
    private void goBehind(Found found) throws IOException {
        at = found.end();
        ahead = at == size ? null : fitting(at);
        if (at < size && ahead == null) {
            ahead = scan(found.offset + 1, at);
            at = ahead == null ? at : ahead.offset;
        }
    }

    /** The first batch that begins between these places. */
    private @Nullable Found scan(long from, long to) throws IOException {
        byte[] window = new byte[WINDOW];
        long end = Math.min(size, to + BatchHeader.BYTES - 1);
        long start = from;
        while (end - start >= BatchHeader.BYTES) {
            int length = (int) Math.min(WINDOW, end - start);
            if (!SegmentReader.read(channel, start, window, length)) {
                return null;
            }
            int last = length - BatchHeader.BYTES;
            for (int i = 0; i <= last; i++) {
                if (window[i] == (byte) (BatchHeader.MAGIC >>> 24)) { // the first of the magic's bytes
                    BatchHeader header = BatchHeader.decode(window, i);
                    if (header != null && fits(header, start + i)) {
                        return new Found(header, start + i);
                    }
                }
            }
            start += last + 1;
        }
        return null;
    }
}
