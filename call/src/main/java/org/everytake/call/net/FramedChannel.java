package org.everytake.call.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.LongSupplier;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.everytake.wire.Malformed;

/**
 * Packets over a TCP connection, each behind its length (RFC 4571, as RFC 6544, section 3, asks). Never blocks: what the
 * system does not take at once waits, up to a bound, beyond which packets are dropped. Owned by one thread.
 *
 * <pre>
 *   0                   1
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-------------------
 *  |             LENGTH            |  packet ...
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-------------------
 * </pre>
 */
public final class FramedChannel implements Closeable {
    private static final int LENGTH_BYTES = 2;
    private static final int IN_BYTES = 2 * Datagrams.LARGEST;
    private static final int FIRST_QUEUE_BYTES = 8 << 10;

    /** Some seconds of a call: what waits longer is of no use any more. */
    static final int MOST_QUEUE_BYTES = 256 << 10;

    /** As many reads as are done before others get their turn. */
    private static final int READS = 8;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final TransportAddress peer;
    private final ByteBuffer in = ByteBuffer.allocate(IN_BYTES);
    private final byte[] packet = new byte[Datagrams.LARGEST + Datagrams.SLACK];
    private final ByteBuffer frame = ByteBuffer.allocate(LENGTH_BYTES + Datagrams.LARGEST);
    private ByteBuffer queue = ByteBuffer.allocate(0);

    /**
     * @param key by which the channel, which does not block, is registered with its owner's selector
     */
    public FramedChannel(SocketChannel channel, SelectionKey key, TransportAddress peer) {
        this.channel = channel;
        this.key = key;
        this.peer = peer;
    }

    public TransportAddress peer() {
        return peer;
    }

    /**
     * Hands over what has arrived. False if the peer has closed the connection.
     *
     * @throws Malformed if a packet is longer than any that we take: nothing after it can be told apart
     */
    public boolean receive(DatagramPort.Receiver receiver, LongSupplier nanoClock) throws IOException, Malformed {
        for (int i = 0; i < READS; i++) {
            int count = channel.read(in);
            if (count <= 0) {
                return count == 0;
            }
            long arrivalNanos = nanoClock.getAsLong();
            in.flip();
            while (in.remaining() >= LENGTH_BYTES) {
                int length = in.getShort(in.position()) & 0xFFFF;
                if (length > Datagrams.LARGEST) {
                    throw new Malformed("RFC 4571", in.position(), "a packet of " + length + " bytes");
                }
                if (in.remaining() < LENGTH_BYTES + length) {
                    break;
                }
                in.position(in.position() + LENGTH_BYTES).get(packet, 0, length);
                if (length > 0) {
                    receiver.datagram(packet, 0, length, peer, arrivalNanos);
                }
            }
            in.compact();
        }
        return true;
    }

    /** False if too much waits already, or the packet is too long: then it is dropped. */
    public boolean send(byte[] buffer, int offset, int length) throws IOException {
        if (length > Datagrams.LARGEST || queue.position() + LENGTH_BYTES + length > MOST_QUEUE_BYTES) {
            return false;
        }
        frame.clear().putShort((short) length).put(buffer, offset, length).flip();
        if (queue.position() == 0 && channel.isConnected()) {
            channel.write(frame);
        }
        if (frame.hasRemaining()) {
            // The rest of a packet that was begun has to follow.
            enqueue();
            key.interestOpsOr(channel.isConnected() ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT);
        }
        return true;
    }

    private void enqueue() {
        if (queue.remaining() < frame.remaining()) {
            int wanted = Math.max(FIRST_QUEUE_BYTES, 2 * queue.capacity());
            queue = ByteBuffer.allocate(wanted).put(queue.flip());
        }
        queue.put(frame);
    }

    /** The connection takes more: sends what waits. */
    public void writable() throws IOException {
        queue.flip();
        channel.write(queue);
        queue.compact();
        if (queue.position() == 0) {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            // Most never need it again.
            queue = ByteBuffer.allocate(0);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
