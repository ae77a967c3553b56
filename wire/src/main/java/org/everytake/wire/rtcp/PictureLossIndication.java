package org.everytake.wire.rtcp;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * "I need a key frame" (RFC 4585, section 6.3.1).
 *
 * <pre>
 * |V=2|P| FMT=1   |  PT=PSFB=206  |           length=2            |
 * |                  SSRC of who sends this                       |
 * |                  SSRC of the stream                           |
 * </pre>
 */
public record PictureLossIndication(long senderSsrc, long mediaSsrc) implements RtcpPacket {
    public static final int PACKET_TYPE = 206;
    public static final int FORMAT = 1;

    static PictureLossIndication parse(RtcpPackets.Body body) throws Malformed {
        return new PictureLossIndication(body.u32("PLI"), body.u32("PLI"));
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
    }
}
