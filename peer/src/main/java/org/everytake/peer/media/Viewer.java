package org.everytake.peer.media;

import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;

/** Hears what a subscription brings. Called on the connection's loop: must not block. */
public interface Viewer {
    /**
     * A packet as it came, duplicates left out.
     *
     * @param packet valid during the call
     */
    default void packet(String mid, RtpPacket packet, long extendedSequence, long arrivalNanos) {}

    /** A whole frame, in order; after a loss nothing until the next key frame. */
    default void video(String mid, VideoFrame frame) {}

    default void videoLost(String mid, VideoLoss loss) {}

    /**
     * An Opus packet, in order.
     *
     * @param rtpTimestamp 0 to 2^32-1
     */
    default void audio(String mid, long extendedSequence, long rtpTimestamp, byte[] opus) {}

    default void audioLost(String mid, long missingPackets) {}

    default void senderReport(String mid, SenderReport report, long arrivalNanos) {}
}
