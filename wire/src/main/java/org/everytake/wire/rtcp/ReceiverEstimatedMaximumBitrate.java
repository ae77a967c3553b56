package org.everytake.wire.rtcp;

import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * REMB (draft-alvestrand-rmcat-remb-03): tells a sender how much it may send over all these streams together.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P| FMT=15  |  PT=PSFB=206  |             length            |
 * |                  SSRC of who sends this                       |
 * |                  SSRC, unused: 0                              |
 * |      'R'             'E'             'M'             'B'      |
 * |    SSRCs      | exponent  |             mantissa              |
 * |   SSRC of a stream   ...                                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param bitsPerSecond not negative; written with 18 significant bits, the rest cut off
 * @param ssrcs at most 255
 */
public record ReceiverEstimatedMaximumBitrate(long senderSsrc, long bitsPerSecond, List<Long> ssrcs)
        implements RtcpPacket {
    public static final int PACKET_TYPE = PictureLossIndication.PACKET_TYPE;
    public static final int FORMAT = 15;

    private static final String WHAT = "REMB";
    private static final long NAME = 0x52454D42;
    private static final int MANTISSA_BITS = 18;

    public ReceiverEstimatedMaximumBitrate {
        if (bitsPerSecond < 0 || ssrcs.size() > 255) {
            throw new IllegalArgumentException(bitsPerSecond + " bit/s for " + ssrcs.size() + " streams");
        }
        ssrcs = List.copyOf(ssrcs);
    }

    /** Other feedback has the same type and format, and another name. */
    static boolean is(RtcpPackets.Body body) {
        return body.peek32(8) == NAME;
    }

    static ReceiverEstimatedMaximumBitrate parse(RtcpPackets.Body body) throws Malformed {
        long senderSsrc = body.u32(WHAT);
        body.u64(WHAT); // the unused SSRC and the name
        int count = body.u8(WHAT);
        int rate = body.u24(WHAT);
        int exponent = rate >>> MANTISSA_BITS;
        long mantissa = rate & (1 << MANTISSA_BITS) - 1;
        if (exponent >= Long.SIZE - MANTISSA_BITS && mantissa != 0) {
            throw new Malformed(WHAT, 17, "a rate beyond all measure");
        }
        List<Long> ssrcs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ssrcs.add(body.u32(WHAT));
        }
        return new ReceiverEstimatedMaximumBitrate(senderSsrc, mantissa << exponent, ssrcs);
    }

    @Override
    public int packetType() {
        return PACKET_TYPE;
    }

    @Override
    public int countOrFormat() {
        return FORMAT;
    }

    @Override
    public void writeBody(ByteWriter out) {
        int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitsPerSecond) - MANTISSA_BITS);
        out.u32(senderSsrc).u32(0).u32(NAME).u8(ssrcs.size());
        out.u24(exponent << MANTISSA_BITS | (int) (bitsPerSecond >>> exponent));
        ssrcs.forEach(out::u32);
    }
}
