package org.everytake.peer.media;

import org.everytake.wire.rtp.RtpPacket;

/** What is made of the packets of one stream, once they are in order. Owned by the connection's loop. */
sealed interface InboundMedium permits InboundAudio, InboundVideo {
    /**
     * The next packet; a number left out is lost for good.
     *
     * @param sequence extended
     * @param nowNanos when it became the next
     */
    void packet(RtpPacket packet, long sequence, long nowNanos);

    /** Whether nothing can be decoded before a key frame. */
    boolean needsKeyFrame();

    FrameStatistics statistics();
}
