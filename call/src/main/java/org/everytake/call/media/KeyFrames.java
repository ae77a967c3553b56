package org.everytake.call.media;

import org.everytake.call.sdp.SupportedCodec;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.vp8.Vp8FrameTag;
import org.everytake.wire.vp8.Vp8PayloadDescriptor;

/** Whether a packet begins a key frame, and the size of its picture as far as it is said. Owned by the loop. */
final class KeyFrames {
    private int width;
    private int height;

    boolean begins(SupportedCodec codec, RtpPacket packet) {
        width = 0;
        height = 0;
        return codec == SupportedCodec.VP8 && vp8(packet);
    }

    private boolean vp8(RtpPacket packet) {
        byte[] b = packet.buffer();
        int offset = packet.payloadOffset();
        int length = packet.payloadLength();
        int at;
        try {
            Vp8PayloadDescriptor descriptor = Vp8PayloadDescriptor.parse(b, offset, length);
            at = descriptor.length();
            if (!descriptor.startOfFrame() || !Vp8FrameTag.looksLikeKeyFrame(b, offset + at, length - at)) {
                return false;
            }
        } catch (Malformed e) {
            return false;
        }
        try {
            Vp8FrameTag tag = Vp8FrameTag.parse(b, offset + at, length - at);
            width = tag.width();
            height = tag.height();
        } catch (Malformed e) {
            // Its size remains unknown.
        }
        return true;
    }

    /** Of the last one that began; 0 if it is not known. */
    int width() {
        return width;
    }

    int height() {
        return height;
    }
}
