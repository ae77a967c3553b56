package org.everytake.call.dtls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * Between the loop, which must not wait, and the handshake, which does: a bounded queue of datagrams. Given by any
 * thread, received by the session's. Handshakes share a few permits to calculate; who waits for the network gives its
 * permit back, so that peers which do not answer hold up nobody.
 */
final class QueueTransport implements DatagramTransport {
    private static final int CAPACITY = 64;

    /** What every path carries, less IP and UDP headers. */
    private static final int SEND_LIMIT = 1_200;

    private static final int RECEIVE_LIMIT = 2_048;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final DtlsSession.Sender sender;
    private final CipherChangeGate gate;
    private final Semaphore calculating;
    private boolean holdsPermit;
    private volatile boolean closed;

    /** Records of a flight that go out together; guarded by itself. */
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream();

    QueueTransport(DtlsRole role, DtlsSession.Sender sender, Semaphore calculating) {
        this.gate = new CipherChangeGate(role);
        this.sender = sender;
        this.calculating = calculating;
    }

    /** From here to {@link #end} the session's thread has a permit whenever it does not wait for a datagram. */
    void begin() {
        calculating.acquireUninterruptibly();
        holdsPermit = true;
    }

    void end() {
        if (holdsPermit) {
            holdsPermit = false;
            calculating.release();
        }
    }

    /** Copies. False if it is full. */
    boolean offer(byte[] buffer, int offset, int length) {
        return !closed && length > 0 && queue.offer(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        flush();
        if (closed) {
            throw new IOException("closed");
        }
        byte[] datagram;
        if (holdsPermit) {
            end();
            try {
                datagram = take(waitMillis);
            } finally {
                begin();
            }
        } else {
            datagram = take(waitMillis);
        }
        if (datagram == null) {
            return -1;
        }
        if (closed || datagram == END) {
            throw new IOException("closed");
        }
        int count = Math.min(length, gate.passing(datagram));
        if (count == 0) {
            // To the library as if the time were over; it asks again, and repeats its flight when it is due.
            return -1;
        }
        System.arraycopy(datagram, 0, buffer, offset, count);
        return count;
    }

    private byte @Nullable [] take(int waitMillis) throws InterruptedIOException {
        try {
            // BouncyCastle's zero is "for ever".
            return waitMillis == 0 ? queue.take() : queue.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a datagram");
        }
    }

    /**
     * The library gives one record at a time. The records of a flight go into as few datagrams as can be, as RFC 6347,
     * section 4.1.1, allows: so a lossy path loses fewer of them, and cannot reorder them.
     */
    @Override
    public void send(byte[] buffer, int offset, int length) {
        synchronized (flight) {
            if (flight.size() + length > SEND_LIMIT) {
                flush();
            }
            flight.write(buffer, offset, length);
            int type = buffer[offset];
            if (type != ContentType.handshake && type != ContentType.change_cipher_spec) {
                flush();
            }
        }
    }

    /** At the end of a flight, which is when the library waits for the answer. */
    private void flush() {
        synchronized (flight) {
            if (flight.size() > 0) {
                sender.send(flight.toByteArray());
                flight.reset();
            }
        }
    }

    @Override
    public void close() {
        flush();
        closed = true;
        if (!queue.offer(END)) {
            // Full, so nobody is waiting, and who comes next sees that it is closed.
            queue.clear();
        }
    }
}
