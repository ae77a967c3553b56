package org.everytake.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * Reads an object by ranges, and of no other state of it than the one it was opened in. Reads ahead: little at first and
 * after each jump, then twice as much each time, up to 2 MB. Belongs to one thread at a time.
 */
final class S3Channel implements SeekableByteChannel {
    static final int LEAST_BYTES = 64 << 10;
    static final int MOST_BYTES = 2 << 20;

    private final S3Bucket bucket;
    private final String name;
    private final long size;
    private final String eTag;

    private byte[] ahead;
    private long aheadFrom;
    private int window = LEAST_BYTES;
    private long position;
    private boolean closed;

    private S3Channel(S3Bucket bucket, String name, S3Bucket.Piece first) {
        this.bucket = bucket;
        this.name = name;
        this.size = first.sizeBytes();
        this.eTag = first.eTag();
        this.ahead = first.bytes();
    }

    /** @throws NoSuchObject if there is none */
    static S3Channel open(S3Bucket bucket, String name) throws IOException {
        return new S3Channel(bucket, name, bucket.read(name, null, 0, LEAST_BYTES));
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        requireOpen();
        if (!to.hasRemaining()) {
            return 0;
        }
        if (position >= size) {
            return -1;
        }
        int before = to.position();
        while (to.hasRemaining() && position < size) {
            if (position < aheadFrom || position >= aheadFrom + ahead.length) {
                fetch(to.remaining());
            }
            int at = (int) (position - aheadFrom);
            int count = Math.min(to.remaining(), ahead.length - at);
            to.put(ahead, at, count);
            position += count;
        }
        return to.position() - before;
    }

    private void fetch(int wanted) throws IOException {
        boolean goesOn = position == aheadFrom + ahead.length;
        window = goesOn ? Math.min(2 * window, MOST_BYTES) : LEAST_BYTES;
        long length = Math.min(size - position, Math.max(window, Math.min(wanted, MOST_BYTES)));
        ahead = bucket.read(name, eTag, position, (int) length).bytes();
        aheadFrom = position;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) throws IOException {
        requireOpen();
        if (to < 0) {
            throw new IllegalArgumentException("a position cannot be " + to);
        }
        position = to;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return size;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long to) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        ahead = new byte[0];
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
