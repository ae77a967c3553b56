package org.everytake.call.media;

import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.vp8.Vp8PayloadDescriptor;

/** Whether a packet begins a VP8 key frame. */
final class KeyFrames {
    private KeyFrames() {}

    static boolean startsVp8KeyFrame(RtpPacket packet) {
        return Vp8PayloadDescriptor.startsKeyFrame(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
    }
}
