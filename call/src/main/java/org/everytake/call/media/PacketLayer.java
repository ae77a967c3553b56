package org.everytake.call.media;

import org.everytake.wire.Malformed;
import org.everytake.wire.av1.DependencyDescriptor;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.video.FrameSize;
import org.everytake.wire.vp9.Vp9PayloadDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Which layer of its picture a packet belongs to, where the pictures of one stream have layers (VP9: RFC 9628; AV1: the
 * dependency descriptor of its payload format). One object reads the packets of one stream as they come. Allocates nothing.
 * Owned by the loop.
 */
final class PacketLayer {
    private final DependencyDescriptor av1 = new DependencyDescriptor();
    private final Vp9PayloadDescriptor vp9 = new Vp9PayloadDescriptor();
    private long lastKeyTimestamp = -1;
    private boolean isAv1;
    private boolean layered;
    private int spatial;
    private int temporal;
    private boolean refersBack;
    private boolean endsFrame;
    private boolean switchingPoint;

    /**
     * Reads the next packet. One that says nothing belongs to the lowest layer.
     *
     * @param descriptorId of the header extension with the dependency descriptor, 0 if there is none
     */
    void read(@Nullable VideoCodec codec, RtpPacket packet, int descriptorId) {
        isAv1 = codec == VideoCodec.AV1;
        layered = false;
        spatial = 0;
        temporal = 0;
        refersBack = true;
        endsFrame = false;
        switchingPoint = false;
        if (codec == VideoCodec.VP9) {
            vp9(packet);
        } else if (codec == VideoCodec.AV1 && descriptorId > 0) {
            av1(packet, packet.extensionOffset(descriptorId), packet.extensionLength(descriptorId));
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

    private void av1(RtpPacket packet, int offset, int length) {
        if (offset < 0) {
            return;
        }
        try {
            av1.read(packet.buffer(), offset, length);
        } catch (Malformed unusable) {
            return;
        }
        // A coded video sequence begins with it: whatever else its picture has refers to nothing before, either.
        lastKeyTimestamp = av1.isKeyFrame() ? packet.timestamp() : lastKeyTimestamp;
        layered = av1.spatialLayer() >= 0;
        spatial = Math.max(0, av1.spatialLayer());
        temporal = Math.max(0, av1.temporalLayer());
        refersBack = packet.timestamp() != lastKeyTimestamp;
        endsFrame = av1.endOfFrame();
        switchingPoint = av1.isSwitchingPoint();
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
        if (!layered) {
            return FrameSize.UNKNOWN;
        }
        return isAv1 ? av1.layerSize(spatialLayer) : vp9.layerSize(spatialLayer);
    }
}
