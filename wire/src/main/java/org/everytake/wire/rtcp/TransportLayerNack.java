package org.everytake.wire.rtcp;

import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * "Send these again" (RFC 4585, section 6.2.1).
 *
 * <pre>
 * |V=2|P| FMT=1   |  PT=RTPFB=205 |             length            |
 * |                  SSRC of who sends this                       |
 * |                  SSRC of the stream                           |
 * |   PID, a lost packet          |  BLP, bit i: PID + i + 1 too  |
 * |   ...                                                         |
 * </pre>
 *
 * @param lost sequence numbers, 0 to 65535, in the order in which they are to be written; ascending ones (also over
 *     the wrap) share an entry
 */
public record TransportLayerNack(long senderSsrc, long mediaSsrc, List<Integer> lost) implements RtcpPacket {
    public static final int PACKET_TYPE = 205;
    public static final int FORMAT = 1;

    public TransportLayerNack {
        lost = List.copyOf(lost);
    }

    static TransportLayerNack parse(RtcpPackets.Body body) throws Malformed {
        long senderSsrc = body.u32("NACK");
        long mediaSsrc = body.u32("NACK");
        List<Integer> lost = new ArrayList<>();
        while (body.remaining() > 0) {
            int first = body.u16("NACK");
            int following = body.u16("NACK");
            lost.add(first);
            for (int bit = 0; bit < 16; bit++) {
                if ((following >>> bit & 1) != 0) {
                    lost.add((first + bit + 1) & 0xFFFF);
                }
            }
        }
        return new TransportLayerNack(senderSsrc, mediaSsrc, lost);
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
        out.u32(senderSsrc).u32(mediaSsrc);
        int i = 0;
        while (i < lost.size()) {
            int first = lost.get(i++) & 0xFFFF;
            int following = 0;
            int furthest = 0;
            while (i < lost.size()) {
                int distance = (lost.get(i) - first) & 0xFFFF;
                if (distance <= furthest || distance > 16) {
                    break;
                }
                furthest = distance;
                following |= 1 << (distance - 1);
                i++;
            }
            out.u16(first).u16(following);
        }
    }
}
