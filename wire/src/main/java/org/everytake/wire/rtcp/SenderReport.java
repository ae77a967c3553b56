package org.everytake.wire.rtcp;

import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * Ties a stream's timestamps to its sender's clock (RFC 3550, section 6.4.1).
 *
 * <pre>
 * |V=2|P|   RC    |   PT=SR=200   |             length            |
 * |                        SSRC of sender                         |
 * |              NTP time, seconds since 1900                     |
 * |              NTP time, fraction of a second                   |
 * |                   RTP timestamp of that moment                |
 * |                    sender's packet count                      |
 * |              sender's octet count, payload only               |
 * |                   RC report blocks                            |
 * </pre>
 *
 * @param ntpTime seconds since 1900 in the upper, fraction in the lower 32 bits
 */
public record SenderReport(
        long ssrc, long ntpTime, long rtpTimestamp, long packetCount, long octetCount, List<ReportBlock> reports)
        implements RtcpPacket {

    public static final int PACKET_TYPE = 200;

    public SenderReport {
        reports = ReportBlock.checked(reports);
    }

    static SenderReport parse(int count, RtcpPackets.Body body) throws Malformed {
        return new SenderReport(
                body.u32("sender report"),
                body.u64("sender report"),
                body.u32("sender report"),
                body.u32("sender report"),
                body.u32("sender report"),
                ReportBlock.parse(count, body));
    }

    /** The middle 32 bits of the NTP time, as a receiver quotes them in {@link ReportBlock#lastSenderReport()}. */
    public long compactNtpTime() {
        return ntpTime >>> 16 & 0xFFFFFFFFL;
    }

    /** By how many nanoseconds the sender's clock had gone on since another report of it; negative if that is the later. */
    public long nanosSince(SenderReport other) {
        long elapsed = ntpTime - other.ntpTime;
        return (elapsed >> 32) * 1_000_000_000L + ((elapsed & 0xFFFFFFFFL) * 1_000_000_000L >>> 32);
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
        out.u32(ssrc).u64(ntpTime).u32(rtpTimestamp).u32(packetCount).u32(octetCount);
        ReportBlock.write(reports, out);
    }
}
