package org.everytake.call.media;

import org.everytake.wire.Malformed;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.video.FrameSize;
import org.everytake.wire.vp9.Vp9PayloadDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Which layer of its picture a packet belongs to, where the pictures of one stream have layers (VP9: RFC 9628). One
 * object reads the packets of one stream as they come. Allocates nothing. Owned by the loop.
 */
final class PacketLayer {
    private final Vp9PayloadDescriptor vp9 = new Vp9PayloadDescriptor();
    private boolean layered;
    private int spatial;
    private int temporal;
    private boolean refersBack;
    private boolean endsFrame;
    private boolean switchingPoint;

    /** Reads the next packet. One that says nothing belongs to the lowest layer. */
    void read(@Nullable VideoCodec codec, RtpPacket packet) {
        layered = false;
        spatial = 0;
        temporal = 0;
        refersBack = true;
        endsFrame = false;
        switchingPoint = false;
        if (codec == VideoCodec.VP9) {
            vp9(packet);
        }
    }

    private void vp9(RtpPacket packet) {
        try {
            vp9.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        } catch (Malformed unusable) {
            return; // or only padding
        }
        layered = vp9.isLayered();
        spatial = Math.max(0, vp9.spatialLayer());
        temporal = Math.max(0, vp9.temporalLayer());
        refersBack = vp9.isInterPredicted();
        endsFrame = vp9.endsLayer();
        switchingPoint = vp9.isSwitchingPoint();
    }

    /** Whether it says its layer. */
    boolean isLayered() {
        return layered;
    }

    int spatial() {
        return spatial;
    }

    int temporal() {
        return temporal;
    }

    /** Whether its frame refers to earlier pictures. */
    boolean refersBack() {
        return refersBack;
    }

    /** Whether its picture can be decoded without any before. */
    boolean beginsAnew() {
        return spatial == 0 && !refersBack;
    }

    /** Whether it is the last packet of its layer of the picture. */
    boolean endsFrame() {
        return endsFrame;
    }

    /** Whether no later picture of a higher temporal layer refers to one of such a layer before this picture. */
    boolean isSwitchingPoint() {
        return switchingPoint;
    }

    /** The {@link FrameSize} of a spatial layer, as this packet says it; unknown if it doesn't. */
    int size(int spatialLayer) {
        return layered ? vp9.layerSize(spatialLayer) : FrameSize.UNKNOWN;
    }
}
