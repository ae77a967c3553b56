package org.everytake.wire.rtcp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.bytes.Bytes;

/** Compound packets: reads all packets of a datagram, writes packets into one. The layout is above {@link RtcpPacket}. */
public final class RtcpPackets {
    static final int HEADER_LENGTH = 4;
    private static final String WHAT = "RTCP packet";

    private RtcpPackets() {}

    /**
     * Reads a compound or reduced-size (RFC 5506) packet. Unknown packet types and feedback formats come back as
     * {@link UnknownRtcp}. Padding and profile-specific extensions of reports are dropped. A transport-wide feedback may
     * be padded by less than a word and before the last packet, since browsers do so.
     */
    public static List<RtcpPacket> parse(byte[] buffer, int offset, int length) throws Malformed {
        List<RtcpPacket> packets = new ArrayList<>(4);
        int at = offset;
        int end = offset + length;
        do {
            if (end - at < HEADER_LENGTH) {
                throw new Malformed(WHAT, at - offset, "shorter than its header");
            }
            int first = Bytes.u8(buffer, at);
            if (first >>> 6 != 2) {
                throw new Malformed(WHAT, at - offset, "version is not 2");
            }
            int next = at + HEADER_LENGTH + 4 * Bytes.u16(buffer, at + 2);
            if (next > end) {
                throw new Malformed(WHAT, at - offset, "length runs over the end");
            }
            int packetType = Bytes.u8(buffer, at + 1);
            int countOrFormat = first & 0x1F;
            int bodyEnd = next;
            if ((first & 0x20) != 0) {
                boolean loose =
                        packetType == TransportFeedback.PACKET_TYPE && countOrFormat == TransportFeedback.FORMAT;
                int padding = next > at + HEADER_LENGTH ? Bytes.u8(buffer, next - 1) : 0;
                if (padding == 0
                        || padding > next - at - HEADER_LENGTH
                        || (!loose && ((padding & 3) != 0 || next != end))) {
                    throw new Malformed(WHAT, at - offset, "padding length does not fit");
                }
                bodyEnd -= padding;
            }
            packets.add(parseOne(packetType, countOrFormat, new Body(buffer, at + HEADER_LENGTH, bodyEnd)));
            at = next;
        } while (at < end);
        return List.copyOf(packets);
    }

    /** Writes the packets one after the other, without padding. */
    public static byte[] encode(List<? extends RtcpPacket> packets) {
        ByteWriter out = new ByteWriter();
        for (RtcpPacket packet : packets) {
            int start = out.size();
            out.u8(0x80 | packet.countOrFormat()).u8(packet.packetType()).u16(0);
            packet.writeBody(out);
            out.patch16(start + 2, (out.size() - start - HEADER_LENGTH) / 4);
        }
        return out.toBytes();
    }

    private static RtcpPacket parseOne(int packetType, int countOrFormat, Body body) throws Malformed {
        return switch (packetType) {
            case SenderReport.PACKET_TYPE -> SenderReport.parse(countOrFormat, body);
            case ReceiverReport.PACKET_TYPE -> ReceiverReport.parse(countOrFormat, body);
            case SourceDescription.PACKET_TYPE -> SourceDescription.parse(countOrFormat, body);
            case Goodbye.PACKET_TYPE -> Goodbye.parse(countOrFormat, body);
            case TransportLayerNack.PACKET_TYPE ->
                switch (countOrFormat) {
                    case TransportLayerNack.FORMAT -> TransportLayerNack.parse(body);
                    case TransportFeedback.FORMAT -> TransportFeedback.parse(body);
                    default -> UnknownRtcp.parse(packetType, countOrFormat, body);
                };
            case PictureLossIndication.PACKET_TYPE ->
                switch (countOrFormat) {
                    case PictureLossIndication.FORMAT -> PictureLossIndication.parse(body);
                    case FullIntraRequest.FORMAT -> FullIntraRequest.parse(body);
                    case ReceiverEstimatedMaximumBitrate.FORMAT ->
                        ReceiverEstimatedMaximumBitrate.is(body)
                                ? ReceiverEstimatedMaximumBitrate.parse(body)
                                : UnknownRtcp.parse(packetType, countOrFormat, body);
                    default -> UnknownRtcp.parse(packetType, countOrFormat, body);
                };
            default -> UnknownRtcp.parse(packetType, countOrFormat, body);
        };
    }

    /** A packet after its header, read from front to back with every length checked. */
    static final class Body {
        private final byte[] buffer;
        private final int start;
        private final int end;
        private int at;

        Body(byte[] buffer, int start, int end) {
            this.buffer = buffer;
            this.start = start;
            this.end = end;
            this.at = start;
        }

        int remaining() {
            return end - at;
        }

        /** The four bytes that lie so far ahead, -1 if the body ends before. */
        long peek32(int ahead) {
            return remaining() < ahead + 4 ? -1 : Bytes.u32(buffer, at + ahead);
        }

        int u8(String what) throws Malformed {
            need(1, what);
            return Bytes.u8(buffer, at++);
        }

        int u16(String what) throws Malformed {
            need(2, what);
            at += 2;
            return Bytes.u16(buffer, at - 2);
        }

        int u24(String what) throws Malformed {
            need(3, what);
            at += 3;
            return Bytes.u24(buffer, at - 3);
        }

        long u32(String what) throws Malformed {
            need(4, what);
            at += 4;
            return Bytes.u32(buffer, at - 4);
        }

        long u64(String what) throws Malformed {
            need(8, what);
            at += 8;
            return Bytes.i64(buffer, at - 8);
        }

        byte[] bytes(int length, String what) throws Malformed {
            need(length, what);
            at += length;
            return Arrays.copyOfRange(buffer, at - length, at);
        }

        /** Goes on to the next multiple of four bytes from the start of the body. */
        void align4(String what) throws Malformed {
            int skip = -(at - start) & 3;
            need(skip, what);
            at += skip;
        }

        private void need(int length, String what) throws Malformed {
            if (end - at < length) {
                throw new Malformed(what, at - start + HEADER_LENGTH, "cut off");
            }
        }
    }
}
