package org.everytake.bench.day;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.everytake.peer.clip.Clip;
import org.everytake.wire.rtp.RtpPacket;

/**
 * Whether packets of sound hold what a clip has, one after the other, over and over. A hum is coded alike many times, so
 * where in the clip a packet is from is known only after some more.
 */
final class SoundOrder implements MjrFile.Listener {
    private final List<Clip.Unit> clip;
    /** Where in the clip the next packet may be from. */
    private int[] places;

    private long wrong;

    SoundOrder(List<Clip.Unit> clip) {
        this.clip = clip;
        this.places = anywhere();
    }

    private int[] anywhere() {
        return IntStream.range(0, clip.size()).toArray();
    }

    /** How many packets could not follow the one before. */
    long wrong() {
        return wrong;
    }

    @Override
    public void packet(RtpPacket packet, boolean settled) {
        int[] holding = holding(packet);
        if (holding.length == 0) {
            wrong += settled ? 1 : 0;
            places = anywhere();
            holding = holding(packet);
        }
        places = IntStream.of(holding).map(place -> (place + 1) % clip.size()).toArray();
    }

    private int[] holding(RtpPacket packet) {
        return IntStream.of(places)
                .filter(place -> holds(clip.get(place).bytes(), packet))
                .toArray();
    }

    private static boolean holds(byte[] expected, RtpPacket packet) {
        int from = packet.payloadOffset();
        return Arrays.equals(packet.buffer(), from, from + packet.payloadLength(), expected, 0, expected.length);
    }
}
