package org.everytake.call;

import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.RtpPacket;

/**
 * Whoever wants to hear all that happens in a room, a recorder for instance. It is called on the room's loop thread
 * only, so it must never block: a slow sink would stall every call of that loop. A sink that throws is logged, counted,
 * and goes on being called.
 *
 * <p>A sink that is added in mid-call first hears of the present state: who has joined, what is muted, each open track
 * with the last sender report of each stream.
 */
public interface Sink {
    default void joined(String person, String name) {}

    /** The person left for good; all their tracks have been closed before. */
    default void left(String person) {}

    default void muted(String person, Kind kind, boolean muted) {}

    /** A track's first packet is about to be given. Codecs, extensions and the first stream are known. */
    default void opened(Track track) {}

    /** The codecs, header extensions or streams of an open track have changed. Precedes the first packet of a new stream. */
    default void described(Track track) {}

    /**
     * A packet after decryption. Duplicates have been dropped; late and retransmitted packets come with their own
     * sequence number, so the order is that of arrival.
     *
     * @param packet a view, valid only during the call: copy what is kept. Padding-only packets are given, too
     * @param extendedSequence the sequence number without wraps: counts on within a stream, starts below 2^17
     * @param arrivalNanos when the datagram was taken from the network, by the server's nano clock
     */
    void packet(Track track, Stream stream, RtpPacket packet, long extendedSequence, long arrivalNanos);

    default void senderReport(Track track, Stream stream, SenderReport report, long arrivalNanos) {}

    /**
     * @param reason one of {@code left}, {@code stopped} (the publisher negotiated it away), {@code ended} (BYE),
     *     {@code replaced} (the publisher came with a new connection), {@code path-lost}, {@code server-stopped}
     */
    default void closed(Track track, String reason) {}
}
