package org.everytake.wire.rtp;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.Bytes;

/**
 * A view of an RTP packet in somebody else's buffer. One object is pointed at packet after packet, so that
 * reading allocates nothing. Owned by one thread; valid until the buffer is written again or the view is
 * pointed elsewhere.
 *
 * <pre>
 *  RFC 3550, section 5.1                 0                   1                   2                   3
 *                                        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *                                       +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *                                     0 |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *                                       +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *                                     4 |                           timestamp                           |
 *                                       +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *                                     8 |                             SSRC                              |
 *                                       +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *                                    12 |                  CSRC, CC times four bytes                    |
 *                                       +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  if X: RFC 8285                       |   0xBEDE or 0x100x (profile)  |   length in 32-bit words      |
 *                                       +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  one-byte form of an element          |  ID   | len-1 |   data ...
 *  two-byte form of an element          |      ID       |     length    |   data ...
 *                                       +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-
 *  then the payload, then, if P, padding whose last byte is its own length
 * </pre>
 */
public final class RtpPacket {
    /** Bytes before the CSRC list. */
    public static final int FIXED_HEADER_LENGTH = 12;

    static final int ONE_BYTE_PROFILE = 0xBEDE;
    static final int TWO_BYTE_PROFILE = 0x1000;
    private static final String WHAT = "RTP packet";
    private static final byte[] NOTHING = new byte[0];

    private byte[] buffer = NOTHING;
    private int offset;
    private int length;
    private int payloadOffset;
    private int paddingLength;
    private int extensionsOffset;
    private int extensionsEnd;
    private int extensionsProfile;

    /**
     * Points this view at a packet and checks every length in its header. After an exception the view is
     * empty.
     *
     * @return this
     */
    public RtpPacket wrap(byte[] buffer, int offset, int length) throws Malformed {
        this.buffer = NOTHING;
        this.length = 0;
        if (length < FIXED_HEADER_LENGTH) {
            throw new Malformed(WHAT, length, "shorter than the fixed header");
        }
        int first = Bytes.u8(buffer, offset);
        if (first >>> 6 != 2) {
            throw new Malformed(WHAT, 0, "version is not 2");
        }
        int end = offset + length;
        int at = offset + FIXED_HEADER_LENGTH + 4 * (first & 0x0F);
        if (at > end) {
            throw new Malformed(WHAT, FIXED_HEADER_LENGTH, "CSRC list runs over the end");
        }
        int profile = 0;
        int extensionsStart = 0;
        int extensionsStop = 0;
        if ((first & 0x10) != 0) {
            if (at + 4 > end) {
                throw new Malformed(WHAT, at - offset, "header extension is cut off");
            }
            profile = Bytes.u16(buffer, at);
            extensionsStart = at + 4;
            extensionsStop = extensionsStart + 4 * Bytes.u16(buffer, at + 2);
            if (extensionsStop > end) {
                throw new Malformed(WHAT, at - offset, "header extension runs over the end");
            }
            at = extensionsStop;
        }
        int padding = 0;
        if ((first & 0x20) != 0) {
            padding = at < end ? Bytes.u8(buffer, end - 1) : 0;
            if (padding == 0 || padding > end - at) {
                throw new Malformed(WHAT, length - 1, "padding length does not fit");
            }
        }
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.payloadOffset = at;
        this.paddingLength = padding;
        this.extensionsOffset = extensionsStart;
        this.extensionsEnd = extensionsStop;
        this.extensionsProfile = profile;
        return this;
    }

    /** The buffer that this view points into; all offsets of this class count from its start. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the packet begins in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** Length of the whole packet with header and padding, in bytes. */
    public int length() {
        return length;
    }

    public int payloadType() {
        return buffer[offset + 1] & 0x7F;
    }

    public boolean marker() {
        return (buffer[offset + 1] & 0x80) != 0;
    }

    /** 0 to 65535; see {@link SequenceExtender}. */
    public int sequenceNumber() {
        return Bytes.u16(buffer, offset + 2);
    }

    /** 0 to 2^32-1, in units of the codec's clock rate; see {@link TimestampExtender}. */
    public long timestamp() {
        return Bytes.u32(buffer, offset + 4);
    }

    /** 0 to 2^32-1. */
    public long ssrc() {
        return Bytes.u32(buffer, offset + 8);
    }

    /** Where the payload begins in {@link #buffer()}. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Length of the payload without padding; zero in a packet that is only padding. */
    public int payloadLength() {
        return offset + length - payloadOffset - paddingLength;
    }

    /** Bytes of padding with the length byte, zero if there is none. */
    public int paddingLength() {
        return paddingLength;
    }

    /**
     * Where the data of a header extension begins in {@link #buffer()}, or -1 if the packet has none with this
     * id. The data may be empty in the two-byte form.
     */
    public int extensionOffset(int id) {
        int at = findElement(id);
        return at < 0 ? -1 : at + (extensionsProfile == ONE_BYTE_PROFILE ? 1 : 2);
    }

    /** Length of the data of a header extension in bytes, or -1 if the packet has none with this id. */
    public int extensionLength(int id) {
        int at = findElement(id);
        if (at < 0) {
            return -1;
        }
        return extensionsProfile == ONE_BYTE_PROFILE ? (buffer[at] & 0x0F) + 1 : Bytes.u8(buffer, at + 1);
    }

    /** The unsigned number in a header extension, or -1 if the packet has none with this id and so many bytes. */
    long extensionNumber(int id, int bytes) {
        if (extensionLength(id) != bytes) {
            return -1;
        }
        int at = extensionOffset(id);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | Bytes.u8(buffer, at + i);
        }
        return value;
    }

    private int findElement(int id) {
        if (extensionsProfile == ONE_BYTE_PROFILE) {
            return findOneByteElement(id);
        }
        // The low four bits are the application's (RFC 8285, section 4.3).
        return (extensionsProfile & 0xFFF0) == TWO_BYTE_PROFILE ? findTwoByteElement(id) : -1;
    }

    private int findOneByteElement(int id) {
        int at = extensionsOffset;
        while (at < extensionsEnd) {
            int element = Bytes.u8(buffer, at);
            int elementId = element >>> 4;
            if (element == 0) {
                at++; // padding
                continue;
            }
            int next = at + 2 + (element & 0x0F);
            // Id 15 ends the list, and an element over the end is as good as absent (RFC 8285, section 4.2).
            if (elementId == 15 || next > extensionsEnd) {
                return -1;
            }
            if (elementId == id && id != 0) {
                return at;
            }
            at = next;
        }
        return -1;
    }

    private int findTwoByteElement(int id) {
        int at = extensionsOffset;
        while (at < extensionsEnd) {
            int elementId = Bytes.u8(buffer, at);
            if (elementId == 0) {
                at++; // padding
                continue;
            }
            if (at + 2 > extensionsEnd || at + 2 + Bytes.u8(buffer, at + 1) > extensionsEnd) {
                return -1;
            }
            if (elementId == id) {
                return at;
            }
            at += 2 + Bytes.u8(buffer, at + 1);
        }
        return -1;
    }
}
