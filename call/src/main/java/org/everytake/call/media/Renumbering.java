package org.everytake.call.media;

import java.util.List;
import org.everytake.call.sdp.WatchOffer;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;

/**
 * Gives packets the payload types and the ids of header extensions (RFC 8285) that a viewer chose, in place of ours.
 * Immutable; allocates nothing per packet.
 */
final class Renumbering {
    private static final int PAYLOAD_TYPES = 128;
    private static final int EXTENSIONS = 15;

    /** The first byte of what begins such extensions; in the other form it is 0xBE. */
    private static final byte TWO_BYTE_FORM = 0x10;

    private static final int FIXED = RtpPacket.FIXED_HEADER_LENGTH;

    private final byte[] payloadTypes = new byte[PAYLOAD_TYPES];
    private final byte[] extensions = new byte[EXTENSIONS];

    Renumbering(List<WatchOffer.Section> sections) {
        for (WatchOffer.Section section : sections) {
            section.payloadTypes().forEach((codec, theirs) -> payloadTypes[codec.payloadType()] = theirs.byteValue());
            section.retransmissionPayloadTypes()
                    .forEach((codec, theirs) -> payloadTypes[codec.retransmissionPayloadType()] = theirs.byteValue());
            section.extensions().forEach((ours, theirs) -> extensions[ours] = theirs.byteValue());
        }
    }

    /** Changes a packet as a {@link Forwarder} makes it: without CSRCs. */
    void apply(byte[] packet) {
        RtpWriter.setPayloadType(packet, 0, payloadTypes[packet[1] & 0x7F]);
        if ((packet[0] & 0x10) == 0) {
            return;
        }
        int at = FIXED + 4;
        int end = at + 4 * ((packet[FIXED + 2] & 0xFF) << 8 | packet[FIXED + 3] & 0xFF);
        if (packet[FIXED] == TWO_BYTE_FORM) {
            twoByte(packet, at, end);
            return;
        }
        while (at < end) {
            int id = packet[at] >>> 4 & 0x0F;
            int length = packet[at] & 0x0F;
            if (id == 0) {
                at++; // padding
            } else {
                packet[at] = (byte) (extensions[id] << 4 | length);
                at += 2 + length;
            }
        }
    }

    private void twoByte(byte[] packet, int begin, int end) {
        int at = begin;
        while (at < end) {
            if (packet[at] == 0) {
                at++; // padding
            } else {
                packet[at] = extensions[packet[at]];
                at += 2 + (packet[at + 1] & 0xFF);
            }
        }
    }
}
