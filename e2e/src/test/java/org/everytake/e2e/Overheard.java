package org.everytake.e2e;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.everytake.peer.net.LossyRelay;

/**
 * What clients sent before the network took its share: SRTP leaves the headers of RTP as they are (RFC 3711). Thread-safe.
 */
final class Overheard implements LossyRelay.Tap {
    private static final int HEADER = 12;

    /**
     * A frame of sound, or of a picture in one layer.
     *
     * @param nanos when its first packet was sent
     */
    record Frame(long ssrc, long rtpTimestamp, long nanos) {}

    /** By SSRC and timestamp, in the order in which they were first sent. */
    private final Map<Long, Map<Long, Frame>> frames = new HashMap<>();

    @Override
    public synchronized void sent(ByteBuffer datagram, long nowNanos) {
        if (!isRtp(datagram)) {
            return;
        }
        long timestamp = Integer.toUnsignedLong(datagram.getInt(4));
        long ssrc = Integer.toUnsignedLong(datagram.getInt(8));
        frames.computeIfAbsent(ssrc, s -> new LinkedHashMap<>())
                .putIfAbsent(timestamp, new Frame(ssrc, timestamp, nowNanos));
    }

    /** RFC 7983 tells RTP and RTCP from the rest, RFC 5761 these two from each other. */
    private static boolean isRtp(ByteBuffer datagram) {
        if (datagram.remaining() < HEADER) {
            return false;
        }
        int first = Byte.toUnsignedInt(datagram.get(0));
        int second = Byte.toUnsignedInt(datagram.get(1));
        return first >= 128 && first <= 191 && (second < 192 || second > 223);
    }

    synchronized List<Frame> frames(long ssrc) {
        return new ArrayList<>(frames.getOrDefault(ssrc, Map.of()).values());
    }
}
