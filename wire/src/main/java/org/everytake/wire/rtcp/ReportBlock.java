package org.everytake.wire.rtcp;

import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * What a receiver says about one stream (RFC 3550, section 6.4.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                      SSRC of the stream                       |
 * | fraction lost |  cumulative number of packets lost (signed)   |
 * |          extended highest sequence number received            |
 * |                     interarrival jitter                       |
 * |               last SR (middle 32 bits of its NTP time)        |
 * |                 delay since last SR, 1/65536 s                |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param fractionLost 0 to 255, since the report before
 * @param cumulativeLost -2^23 to 2^23-1
 * @param jitter in units of the stream's timestamps
 * @param lastSenderReport zero if none was received
 * @param delaySinceLastSenderReport in 1/65536 s
 */
public record ReportBlock(
        long ssrc,
        int fractionLost,
        int cumulativeLost,
        long extendedHighestSequence,
        long jitter,
        long lastSenderReport,
        long delaySinceLastSenderReport) {

    /** As many as the five bits of the count can say. */
    static final int MOST = 31;

    static List<ReportBlock> parse(int count, RtcpPackets.Body body) throws Malformed {
        List<ReportBlock> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long ssrc = body.u32("report block");
            int fraction = body.u8("report block");
            int lost = body.u24("report block") << 8 >> 8;
            blocks.add(new ReportBlock(
                    ssrc,
                    fraction,
                    lost,
                    body.u32("report block"),
                    body.u32("report block"),
                    body.u32("report block"),
                    body.u32("report block")));
        }
        return List.copyOf(blocks);
    }

    static void write(List<ReportBlock> blocks, ByteWriter out) {
        for (ReportBlock block : blocks) {
            int lost = Math.clamp(block.cumulativeLost, -0x800000, 0x7FFFFF);
            out.u32(block.ssrc).u8(block.fractionLost).u24(lost).u32(block.extendedHighestSequence);
            out.u32(block.jitter).u32(block.lastSenderReport).u32(block.delaySinceLastSenderReport);
        }
    }

    static List<ReportBlock> checked(List<ReportBlock> blocks) {
        if (blocks.size() > MOST) {
            throw new IllegalArgumentException(blocks.size() + " report blocks, at most " + MOST);
        }
        return List.copyOf(blocks);
    }
}
