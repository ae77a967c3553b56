package org.everytake.bench.kill;

import java.util.List;
import org.everytake.peer.media.SenderLog.Sent;

/** How much of a stream's end is not on tape. */
final class LostTail {

    private static final double NANOS = 1e9;

    private LostTail() {}

    /**
     * From the newest packet on tape to the newest that was sent before the kill. On the loopback interface what was sent
     * is received at once.
     *
     * @param sent of one stream, in order
     * @param lastOnTape sequence number of the newest; -1 if none is there
     * @param fromNanos since when it was recorded
     */
    static double seconds(List<Sent> sent, long lastOnTape, long fromNanos, long killedNanos) {
        long newest = sent.stream()
                .mapToLong(Sent::sentNanos)
                .filter(nanos -> nanos <= killedNanos)
                .max()
                .orElse(fromNanos);
        // The server lives a moment longer than the time that was read before its end.
        return Math.max(0, newest - onTape(sent, lastOnTape, fromNanos)) / NANOS;
    }

    private static long onTape(List<Sent> sent, long last, long fromNanos) {
        if (last < 0) {
            return fromNanos;
        }
        // Both count on beyond 16 bits, but each from where it began.
        for (Sent packet : sent.reversed()) {
            if ((packet.sequence() & 0xffff) == (last & 0xffff)) {
                return packet.sentNanos();
            }
        }
        return fromNanos;
    }
}
