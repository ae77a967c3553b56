package org.everytake.call.media;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.everytake.call.sdp.SubscribeOffer;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;

/**
 * The RTP header of what a forwarder sends: the same bytes for each packet, with one-byte extensions (RFC 8285) at fixed
 * places, in which numbers are filled in. An extension that a packet does not have becomes padding. Immutable.
 *
 * <pre>
 * +----------------------+-----------------+-----------+----------------------+-------------------+---------+
 * | fixed header, 12     | 0xBEDE, words   | MID       | transport sequence 3 | level or CVO 2    | padding |
 * +----------------------+-----------------+-----------+----------------------+-------------------+---------+
 * </pre>
 */
final class OutgoingHeader {
    private static final int FIXED = RtpPacket.FIXED_HEADER_LENGTH;
    private static final int LONGEST_MID = 16;

    private final byte[] bytes;
    private final int transportSequenceAt;
    private final int carriedAt;
    private final int carriedId;

    /**
     * @param extensions ids of {@link SubscribeOffer} that the subscriber takes
     */
    OutgoingHeader(long ssrc, String mid, Set<Integer> extensions) {
        byte[] name = mid.getBytes(StandardCharsets.UTF_8);
        boolean named = extensions.contains(SubscribeOffer.MID_EXTENSION) && name.length <= LONGEST_MID;
        boolean counted = extensions.contains(SubscribeOffer.TRANSPORT_SEQUENCE_EXTENSION);
        carriedId = extensions.contains(SubscribeOffer.AUDIO_LEVEL_EXTENSION)
                ? SubscribeOffer.AUDIO_LEVEL_EXTENSION
                : extensions.contains(SubscribeOffer.VIDEO_ORIENTATION_EXTENSION)
                        ? SubscribeOffer.VIDEO_ORIENTATION_EXTENSION
                        : 0;
        int length = (named ? 1 + name.length : 0) + (counted ? 3 : 0) + (carriedId > 0 ? 2 : 0);
        int words = (length + 3) / 4;
        bytes = new byte[words == 0 ? FIXED : FIXED + 4 + 4 * words];
        bytes[0] = (byte) (words == 0 ? 0x80 : 0x90);
        RtpWriter.setSsrc(bytes, 0, ssrc);
        int at = FIXED;
        if (words > 0) {
            bytes[at] = (byte) 0xBE;
            bytes[at + 1] = (byte) 0xDE;
            bytes[at + 3] = (byte) words;
            at += 4;
        }
        if (named) {
            bytes[at] = (byte) (SubscribeOffer.MID_EXTENSION << 4 | (name.length - 1));
            System.arraycopy(name, 0, bytes, at + 1, name.length);
            at += 1 + name.length;
        }
        transportSequenceAt = counted ? at + 1 : 0;
        if (counted) {
            bytes[at] = (byte) (SubscribeOffer.TRANSPORT_SEQUENCE_EXTENSION << 4 | 1);
            at += 3;
        }
        carriedAt = carriedId > 0 ? at : 0;
    }

    int length() {
        return bytes.length;
    }

    /** Whether packets are counted over all streams of the connection. */
    boolean counts() {
        return transportSequenceAt > 0;
    }

    void write(byte[] out) {
        System.arraycopy(bytes, 0, out, 0, bytes.length);
    }

    void setTransportSequence(byte[] out, int sequence) {
        out[transportSequenceAt] = (byte) (sequence >>> 8);
        out[transportSequenceAt + 1] = (byte) sequence;
    }

    /**
     * Carries the one byte of the audio level (RFC 6464) or the orientation of video from a packet.
     *
     * @param id of the extension in that packet; 0 if its publisher does not send it
     */
    void carry(byte[] out, RtpPacket packet, int id) {
        int from = carriedAt == 0 || id == 0 ? -1 : packet.extensionOffset(id);
        if (from >= 0 && packet.extensionLength(id) >= 1) {
            out[carriedAt] = (byte) (carriedId << 4);
            out[carriedAt + 1] = packet.buffer()[from];
        }
    }
}
