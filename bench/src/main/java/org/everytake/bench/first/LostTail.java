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
            List<Sent> sent = peer.log().sent(stream.ssrc()).stream()
                    .filter(packet -> packet.sentNanos() <= killedNanos)
                    .toList();
            if (!sent.isEmpty()) {
                return seconds(stream, sent);
            }
        }
        throw new IllegalStateException("Nobody sent the stream " + stream);
    }

    private static double seconds(Gaps stream, List<Sent> sent) {
        Sent newest = sent.getLast();
        // Both count on beyond 16 bits, but each from where it began.
        for (Sent packet : sent.reversed()) {
            if ((packet.sequence() & 0xffff) == (stream.last() & 0xffff)) {
                return (newest.sentNanos() - packet.sentNanos()) / NANOS;
            }
        }
        return (newest.sentNanos() - sent.getFirst().sentNanos()) / NANOS;
    }
}
