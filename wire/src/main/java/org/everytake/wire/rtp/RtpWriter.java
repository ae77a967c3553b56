package org.everytake.wire.rtp;

import java.util.List;
import org.everytake.wire.bytes.Bytes;

/** Writes RTP packets into a caller's buffer and changes fields of packets in place; the layout is above {@link RtpPacket}. */
public final class RtpWriter {
    private RtpWriter() {}

    /** Length of the header that {@link #write} would make, in bytes. */
    public static int headerLength(List<HeaderExtension> extensions) {
        return RtpPacket.FIXED_HEADER_LENGTH + (extensions.isEmpty() ? 0 : 4 + align4(elementsLength(extensions)));
    }

    /**
     * Writes header, extensions and payload. The payload may already stand where it belongs in {@code out}, or
     * overlap with it.
     *
     * @return length of the packet in bytes
     * @throws IndexOutOfBoundsException if {@code out} is too small
     */
    public static int write(
            byte[] out,
            int offset,
            RtpHeader header,
            List<HeaderExtension> extensions,
            byte[] payload,
            int payloadOffset,
            int payloadLength) {
        int headerLength = headerLength(extensions);
        System.arraycopy(payload, payloadOffset, out, offset + headerLength, payloadLength);
        writeHeader(out, offset, header, extensions);
        return headerLength + payloadLength;
    }

    /**
     * Writes header and extensions only.
     *
     * @return their length in bytes
     */
    public static int writeHeader(byte[] out, int offset, RtpHeader header, List<HeaderExtension> extensions) {
        Bytes.put8(out, offset, extensions.isEmpty() ? 0x80 : 0x90);
        Bytes.put8(out, offset + 1, (header.marker() ? 0x80 : 0) | header.payloadType());
        Bytes.put16(out, offset + 2, (int) header.sequenceNumber());
        Bytes.put32(out, offset + 4, header.timestamp());
        Bytes.put32(out, offset + 8, header.ssrc());
        if (extensions.isEmpty()) {
            return RtpPacket.FIXED_HEADER_LENGTH;
        }
        boolean oneByte = fitOneByteForm(extensions);
        int words = align4(elementsLength(extensions)) / 4;
        int at = offset + RtpPacket.FIXED_HEADER_LENGTH;
        Bytes.put16(out, at, oneByte ? RtpPacket.ONE_BYTE_PROFILE : RtpPacket.TWO_BYTE_PROFILE);
        Bytes.put16(out, at + 2, words);
        at += 4;
        int end = at + 4 * words;
        for (int i = 0; i < extensions.size(); i++) {
            HeaderExtension extension = extensions.get(i);
            int dataLength = extension.data().length;
            if (oneByte) {
                Bytes.put8(out, at++, extension.id() << 4 | (dataLength - 1));
            } else {
                Bytes.put8(out, at++, extension.id());
                Bytes.put8(out, at++, dataLength);
            }
            System.arraycopy(extension.data(), 0, out, at, dataLength);
            at += dataLength;
        }
        while (at < end) {
            out[at++] = 0;
        }
        return end - offset;
    }

    public static void setPayloadType(byte[] packet, int offset, int payloadType) {
        packet[offset + 1] = (byte) (packet[offset + 1] & 0x80 | payloadType & 0x7F);
    }

    public static void setMarker(byte[] packet, int offset, boolean marker) {
        packet[offset + 1] = (byte) (packet[offset + 1] & 0x7F | (marker ? 0x80 : 0));
    }

    public static void setSequenceNumber(byte[] packet, int offset, long sequenceNumber) {
        Bytes.put16(packet, offset + 2, (int) sequenceNumber);
    }

    public static void setTimestamp(byte[] packet, int offset, long timestamp) {
        Bytes.put32(packet, offset + 4, timestamp);
    }

    public static void setSsrc(byte[] packet, int offset, long ssrc) {
        Bytes.put32(packet, offset + 8, ssrc);
    }

    /** Overwrites the number in a header extension; false if the packet has none with this id and so many bytes. */
    static boolean setExtensionNumber(RtpPacket packet, int id, int bytes, long value) {
        if (packet.extensionLength(id) != bytes) {
            return false;
        }
        int at = packet.extensionOffset(id);
        for (int i = bytes - 1; i >= 0; i--) {
            packet.buffer()[at + i] = (byte) value;
            value >>>= 8;
        }
        return true;
    }

    private static int elementsLength(List<HeaderExtension> extensions) {
        int perElement = fitOneByteForm(extensions) ? 1 : 2;
        int length = 0;
        for (int i = 0; i < extensions.size(); i++) {
            length += perElement + extensions.get(i).data().length;
        }
        return length;
    }

    private static boolean fitOneByteForm(List<HeaderExtension> extensions) {
        for (int i = 0; i < extensions.size(); i++) {
            if (!extensions.get(i).fitsOneByteForm()) {
                return false;
            }
        }
        return true;
    }

    private static int align4(int length) {
        return (length + 3) & ~3;
    }
}
