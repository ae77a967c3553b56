package org.everytake.wire.rtcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * Sources that leave (RFC 3550, section 6.6).
 *
 * <pre>
 * |V=2|P|   SC    |   PT=BYE=203  |             length            |
 * |                       SC SSRCs                                |
 * |    length     |   reason for leaving (if there is one) ...    |
 * </pre>
 *
 * @param ssrcs at most 31
 * @param reason empty if none is given; cut at 255 bytes when written
 */
public record Goodbye(List<Long> ssrcs, String reason) implements RtcpPacket {
    public static final int PACKET_TYPE = 203;

    public Goodbye {
        if (ssrcs.size() > 31) {
            throw new IllegalArgumentException(ssrcs.size() + " sources, at most 31");
        }
        ssrcs = List.copyOf(ssrcs);
    }

    static Goodbye parse(int count, RtcpPackets.Body body) throws Malformed {
        List<Long> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(body.u32("goodbye"));
        }
        byte[] reason = body.remaining() == 0 ? new byte[0] : body.bytes(body.u8("goodbye"), "goodbye");
        // Latin 1 keeps every byte, so that what is no UTF-8 is written again as it came.
        return new Goodbye(ssrcs, new String(reason, StandardCharsets.ISO_8859_1));
    }

    @Override
    public int packetType() {
        return PACKET_TYPE;
    }

    @Override
    public int countOrFormat() {
        return ssrcs.size();
    }

    @Override
    public void writeBody(ByteWriter out) {
        ssrcs.forEach(out::u32);
        if (!reason.isEmpty()) {
            byte[] text = reason.getBytes(StandardCharsets.ISO_8859_1);
            int length = Math.min(255, text.length);
            out.u8(length).bytes(text, 0, length).align4();
        }
    }
}
