package org.everytake.call.media;

import org.everytake.wire.rtp.RtpPacket;

/** Whether a packet begins a VP8 key frame (RFC 7741, sections 4.2 and 4.3). */
final class KeyFrames {
    private KeyFrames() {}

    /**
     * <pre>
     *  0 1 2 3 4 5 6 7
     * +-+-+-+-+-+-+-+-+
     * |X|R|N|S|R| PID | required; S: start of a partition, PID: its number
     * |I|L|T|K| RSV   | if X
     * |M| PictureID   | if I; two bytes if M
     * |   TL0PICIDX   | if L
     * |TID|Y| KEYIDX  | if T or K
     * +-+-+-+-+-+-+-+-+ then the payload header, whose lowest bit is 0 in a key frame
     * </pre>
     */
    static boolean startsVp8KeyFrame(RtpPacket packet) {
        byte[] b = packet.buffer();
        int at = packet.payloadOffset();
        int end = at + packet.payloadLength();
        if (at >= end || (b[at] & 0x10) == 0 || (b[at] & 0x07) != 0) {
            return false;
        }
        boolean extended = (b[at++] & 0x80) != 0;
        if (extended) {
            if (at >= end) {
                return false;
            }
            int fields = b[at++];
            if ((fields & 0x80) != 0) {
                if (at >= end) {
                    return false;
                }
                at += (b[at] & 0x80) != 0 ? 2 : 1;
            }
            if ((fields & 0x40) != 0) {
                at++;
            }
            if ((fields & 0x30) != 0) {
                at++;
            }
        }
        return at < end && (b[at] & 0x01) == 0;
    }
}
