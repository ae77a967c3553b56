package org.everytake.wire.rtcp;

import org.everytake.wire.bytes.ByteWriter;

/**
 * One packet of an RTCP compound packet. All begin alike (RFC 3550, section 6.4):
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P| RC/FMT  |  packet type  |  length in 32-bit words, - 1  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>RC counts the blocks of a report or the chunks of a description; in feedback the same five bits are its
 * format. All numbers are kept as on the wire; unsigned 32-bit numbers are {@code long}.
 */
public sealed interface RtcpPacket
        permits SenderReport,
                ReceiverReport,
                SourceDescription,
                Goodbye,
                TransportLayerNack,
                PictureLossIndication,
                FullIntraRequest,
                TransportFeedback,
                ReceiverEstimatedMaximumBitrate,
                UnknownRtcp {

    /** The packet type, 192 to 223. */
    int packetType();

    /** The five bits of count or format. */
    int countOrFormat();

    /** Appends what follows the common header, a multiple of four bytes. */
    void writeBody(ByteWriter out);
}
