package org.everytake.call;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Where an event loop gets datagrams from and gives them to: a UDP socket with the TCP connections beside it, or a network
 * in memory. All but
 * {@link #wakeup} and {@link #localAddress} is called by the loop's thread only.
 */
public interface DatagramPort extends AutoCloseable {
    /** The address to which it is bound; may be a wildcard. */
    InetSocketAddress localAddress();

    /**
     * Hands over the datagrams that wait, at most a bounded number, and waits for one if there is none: until the
     * clock shows {@code untilNanos}, or until {@link #wakeup}.
     *
     * @param untilNanos by the same clock as the loop's; in the past means not to wait
     */
    void poll(long untilNanos, Receiver receiver) throws IOException;

    /**
     * How many datagrams can lie here until they are taken, at least. 0 where it would not be known when they arrived, so
     * that none should.
     */
    default int capacity() {
        return 0;
    }

    /**
     * Whether a {@link #poll} that waits leaves datagrams where they are until its time is over: nobody waits for them, and
     * it saves being woken for each. Only where they have {@link #capacity}.
     */
    default void gather(boolean gathers) {}

    /** Makes a {@link #poll} that waits, or else the next one, return at once. Any thread. */
    void wakeup();

    /**
     * Never blocks, and copies; what is taken may wait for {@link #flush}. False if the datagram could not be taken: it is
     * lost, as datagrams may be.
     */
    boolean send(byte[] buffer, int offset, int length, TransportAddress to);

    /** Lets go of what was sent and waits. Returns how many of those that were taken are lost all the same. */
    default int flush() {
        return 0;
    }

    /** Whether peers may come by TCP to the same address and port, too (RFC 6544). */
    default boolean acceptsTcp() {
        return false;
    }

    /** STUN has proved the peer there: a connection for which nobody vouches is closed before long. */
    default void vouch(TransportAddress peer) {}

    @Override
    void close();

    /** Takes one datagram; the buffer is its own to change until it returns, all of it beyond the datagram, too. */
    interface Receiver {
        void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos);
    }
}
