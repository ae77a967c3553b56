package org.everytake.wire.rtp;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.Bytes;

/**
 * Packets sent again in a stream of their own, called RTX (RFC 4588, section 4). Header, extensions and timestamp are the
 * original's; SSRC, payload type and sequence number are the retransmission stream's; the payload begins with two bytes
 * more:
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                   RTP header and extensions                   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   original sequence number    |   original payload ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>Allocates nothing.
 */
public final class Retransmission {
    /** By so many bytes a retransmission is longer than the original. */
    public static final int HEADER_LENGTH = 2;

    private Retransmission() {}

    /** Whether a packet of a retransmission stream repeats nothing: it is padding, sent to find out what the path carries. */
    public static boolean isProbe(RtpPacket retransmission) {
        return retransmission.payloadLength() == 0;
    }

    /** 0 to 65535. */
    public static int originalSequenceNumber(RtpPacket retransmission) throws Malformed {
        if (retransmission.payloadLength() < HEADER_LENGTH) {
            throw new Malformed("retransmission", retransmission.length(), "has no original sequence number");
        }
        return Bytes.u16(retransmission.buffer(), retransmission.payloadOffset());
    }

    /**
     * Makes a retransmission the packet that was lost, in its buffer: its header moves forward by two bytes, and the view
     * is pointed at what is now there. Extensions stay as they came, those of the retransmission stream (such as the
     * repaired RID) included.
     *
     * @param payloadType of the original
     * @param ssrc of the original
     * @throws Malformed if it is too short; nothing has been changed then
     */
    public static void unwrap(RtpPacket retransmission, int payloadType, long ssrc) throws Malformed {
        int sequenceNumber = originalSequenceNumber(retransmission);
        byte[] buffer = retransmission.buffer();
        int from = retransmission.offset();
        int to = from + HEADER_LENGTH;
        System.arraycopy(buffer, from, buffer, to, retransmission.payloadOffset() - from);
        RtpWriter.setPayloadType(buffer, to, payloadType);
        RtpWriter.setSequenceNumber(buffer, to, sequenceNumber);
        RtpWriter.setSsrc(buffer, to, ssrc);
        retransmission.wrap(buffer, to, retransmission.length() - HEADER_LENGTH);
    }

    /**
     * Writes the retransmission of a packet, with the same extensions.
     *
     * @param out another buffer than the original's
     * @param payloadType of the retransmission stream
     * @param sequenceNumber of the retransmission stream
     * @param ssrc of the retransmission stream
     * @return its length in bytes
     * @throws IndexOutOfBoundsException if {@code out} is too small
     */
    public static int write(
            byte[] out, int offset, RtpPacket original, int payloadType, long sequenceNumber, long ssrc) {
        int header = original.payloadOffset() - original.offset();
        int rest = original.length() - header;
        System.arraycopy(original.buffer(), original.offset(), out, offset, header);
        writeHeader(out, offset + header, original.sequenceNumber());
        System.arraycopy(original.buffer(), original.payloadOffset(), out, offset + header + HEADER_LENGTH, rest);
        RtpWriter.setPayloadType(out, offset, payloadType);
        RtpWriter.setSequenceNumber(out, offset, sequenceNumber);
        RtpWriter.setSsrc(out, offset, ssrc);
        return header + HEADER_LENGTH + rest;
    }

    /**
     * Writes what stands before the original payload.
     *
     * @param at where the payload of the retransmission begins
     * @param originalSequenceNumber of which the low 16 bits are written
     */
    public static void writeHeader(byte[] out, int at, long originalSequenceNumber) {
        Bytes.put16(out, at, (int) originalSequenceNumber);
    }
}
