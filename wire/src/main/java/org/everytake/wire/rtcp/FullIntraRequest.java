package org.everytake.wire.rtcp;

import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * "Begin anew with a key frame" (RFC 5104, section 4.3.1).
 *
 * <pre>
 * |V=2|P| FMT=4   |  PT=PSFB=206  |             length            |
 * |                  SSRC of who sends this                       |
 * |                  SSRC, unused                                 |
 * |                  SSRC of a stream                             |
 * |  command no.  |              reserved                         |
 * |   ...                                                         |
 * </pre>
 */
public record FullIntraRequest(long senderSsrc, long mediaSsrc, List<Entry> entries) implements RtcpPacket {
    public static final int PACKET_TYPE = PictureLossIndication.PACKET_TYPE;
    public static final int FORMAT = 4;

    public FullIntraRequest {
        entries = List.copyOf(entries);
    }

    /**
     * A stream that is to begin anew.
     *
     * @param command 0 to 255; the same number again is a repetition, not a new command
     */
    public record Entry(long ssrc, int command) {}

    static FullIntraRequest parse(RtcpPackets.Body body) throws Malformed {
        long senderSsrc = body.u32("FIR");
        long mediaSsrc = body.u32("FIR");
        List<Entry> entries = new ArrayList<>(1);
        while (body.remaining() > 0) {
            long ssrc = body.u32("FIR");
            entries.add(new Entry(ssrc, (int) (body.u32("FIR") >>> 24)));
        }
        return new FullIntraRequest(senderSsrc, mediaSsrc, entries);
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
        for (Entry entry : entries) {
            out.u32(entry.ssrc).u8(entry.command).u24(0);
        }
    }
}
