package org.everytake.call.media;

import java.util.List;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.UnknownRtcp;

/**
 * REMB (draft-alvestrand-rmcat-remb-03): tells a publisher how much it may send over all its streams.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P| FMT=15  |   PT=206      |             length            |
 * |                  SSRC of packet sender                        |
 * |                  SSRC of media source: 0                      |
 * |  'R'              'E'              'M'              'B'       |
 * |  Num SSRC     | BR Exp    |  BR Mantissa                      |
 * |   SSRC feedback ...                                           |
 * </pre>
 */
final class ReceiverEstimatedMaximumBitrate {
    private static final int FORMAT = 15;
    private static final int MANTISSA_BITS = 18;

    private ReceiverEstimatedMaximumBitrate() {}

    static UnknownRtcp of(long senderSsrc, long bitsPerSecond, List<Long> ssrcs) {
        byte[] body = new byte[16 + 4 * ssrcs.size()];
        put32(body, 0, senderSsrc);
        body[8] = 'R';
        body[9] = 'E';
        body[10] = 'M';
        body[11] = 'B';
        int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitsPerSecond) - MANTISSA_BITS);
        long mantissa = bitsPerSecond >>> exponent;
        put32(body, 12, (long) ssrcs.size() << 24 | (long) exponent << MANTISSA_BITS | mantissa);
        for (int i = 0; i < ssrcs.size(); i++) {
            put32(body, 16 + 4 * i, ssrcs.get(i));
        }
        return new UnknownRtcp(PictureLossIndication.PACKET_TYPE, FORMAT, body);
    }

    private static void put32(byte[] bytes, int at, long value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }
}
