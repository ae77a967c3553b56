package org.everytake.wire.video;

import java.util.List;

/** Cuts coded pictures into RTP payloads. Owned by one thread. */
@FunctionalInterface
public interface Packetizer {
    /**
     * The payloads of the next frame, in order; the last one's packet bears the marker.
     *
     * @param frame as in {@link VideoFrame#bytes}
     */
    List<byte[]> packetize(byte[] frame);
}
