package org.everytake.bench.first;

import java.util.List;
import org.everytake.bench.tape.Gaps;
import org.everytake.peer.Peer;
import org.everytake.peer.media.SenderLog.Sent;

/** How much of a stream's end is not on tape. */
final class LostTail {

    private static final double NANOS = 1e9;

    private LostTail() {}

    /**
     * From the newest packet on tape to the newest that was sent before the kill. On the loopback interface what was sent
     * is received at once.
     */
    static double seconds(Gaps stream, long killedNanos, Peer... peers) {
        for (Peer peer : peers) {
            List<Sent> sent = peer.log().sent(stream.ssrc());
            if (!sent.isEmpty()) {
                return seconds(stream, sent, killedNanos);
            }
        }
        throw new IllegalStateException("Nobody sent the stream " + stream);
    }

    private static double seconds(Gaps stream, List<Sent> sent, long killedNanos) {
        long received = sent.stream()
                .mapToLong(Sent::sentNanos)
                .filter(nanos -> nanos <= killedNanos)
                .max()
                .orElse(killedNanos);
        // Both count on beyond 16 bits, but each from where it began.
        for (Sent packet : sent.reversed()) {
            if ((packet.sequence() & 0xffff) == (stream.last() & 0xffff)) {
                // The server lives a moment longer than the time that was read before its end.
                return Math.max(0, received - packet.sentNanos()) / NANOS;
            }
        }
        return (received - sent.getFirst().sentNanos()) / NANOS;
    }
}
