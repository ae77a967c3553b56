package org.everytake.wire.rtcp;

import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * What somebody who sends nothing says about what arrives (RFC 3550, section 6.4.2).
 *
 * <pre>
 * |V=2|P|   RC    |   PT=RR=201   |             length            |
 * |                        SSRC of sender                         |
 * |                   RC report blocks                            |
 * </pre>
 */
public record ReceiverReport(long ssrc, List<ReportBlock> reports) implements RtcpPacket {
    public static final int PACKET_TYPE = 201;

    public ReceiverReport {
        reports = ReportBlock.checked(reports);
    }

    static ReceiverReport parse(int count, RtcpPackets.Body body) throws Malformed {
        return new ReceiverReport(body.u32("receiver report"), ReportBlock.parse(count, body));
    }

    @Override
    public int packetType() {
        return PACKET_TYPE;
    }

    @Override
    public int countOrFormat() {
        return reports.size();
    }

    @Override
    public void writeBody(ByteWriter out) {
        out.u32(ssrc);
        ReportBlock.write(reports, out);
    }
}
