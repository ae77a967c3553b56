package org.everytake.wire.rtcp;

import java.util.Arrays;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * A packet of a type or format that is not read here, kept as it came.
 *
 * @param countOrFormat the five bits of the header
 * @param body what follows the common header, a multiple of four bytes, without padding
 */
public record UnknownRtcp(int packetType, int countOrFormat, byte[] body) implements RtcpPacket {
    public UnknownRtcp {
        if ((body.length & 3) != 0) {
            throw new IllegalArgumentException("body of " + body.length + " bytes");
        }
    }

    static UnknownRtcp parse(int packetType, int countOrFormat, RtcpPackets.Body body) throws Malformed {
        return new UnknownRtcp(packetType, countOrFormat, body.bytes(body.remaining(), "RTCP packet"));
    }

    @Override
    public void writeBody(ByteWriter out) {
        out.bytes(body);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnknownRtcp that
                && packetType == that.packetType
                && countOrFormat == that.countOrFormat
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * packetType + countOrFormat) + Arrays.hashCode(body);
    }
}
