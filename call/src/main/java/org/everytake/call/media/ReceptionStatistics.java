package org.everytake.call.media;

import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.SenderReport;

/** What a receiver report says about a stream (RFC 3550, sections 6.4.1, A.3 and A.8). Owned by the loop. */
public final class ReceptionStatistics {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long ssrc;
    private final int clockRate;
    private long firstSequence = -1;
    private long highestSequence;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private double jitter;
    private long lastTransit;
    private boolean transitKnown;
    private long lastSenderReport;
    private long lastSenderReportNanos;

    public ReceptionStatistics(long ssrc, int clockRate) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
    }

    public void packet(long extendedSequence, long timestamp, long arrivalNanos) {
        if (firstSequence < 0) {
            firstSequence = extendedSequence;
            highestSequence = extendedSequence;
        }
        received++;
        firstSequence = Math.min(firstSequence, extendedSequence);
        boolean inOrder = extendedSequence >= highestSequence;
        highestSequence = Math.max(highestSequence, extendedSequence);
        if (inOrder) {
            jitter(timestamp, arrivalNanos);
        }
    }

    private void jitter(long timestamp, long arrivalNanos) {
        long seconds = arrivalNanos / NANOS_PER_SECOND;
        long rest = arrivalNanos % NANOS_PER_SECOND;
        long transit = seconds * clockRate + rest * clockRate / NANOS_PER_SECOND - timestamp;
        if (transitKnown) {
            // In 32 bits, as the timestamp wraps.
            int difference = Math.abs((int) (transit - lastTransit));
            jitter += (difference - jitter) / 16;
        }
        lastTransit = transit;
        transitKnown = true;
    }

    public void senderReport(SenderReport report, long arrivalNanos) {
        lastSenderReport = report.compactNtpTime();
        lastSenderReportNanos = arrivalNanos;
    }

    /** For the next report; the fraction counts from the one before. */
    public ReportBlock report(long nowNanos) {
        long expected = firstSequence < 0 ? 0 : highestSequence - firstSequence + 1;
        long expectedSince = expected - expectedBefore;
        long lostSince = expectedSince - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedSince <= 0 || lostSince <= 0 ? 0 : (int) Math.min(255, lostSince * 256 / expectedSince);
        long delay = lastSenderReport == 0 ? 0 : (nowNanos - lastSenderReportNanos) * 65_536 / NANOS_PER_SECOND;
        return new ReportBlock(
                ssrc,
                fraction,
                (int) Math.clamp(expected - received, -0x800000, 0x7FFFFF),
                // Cycles count from zero, and the extended number from 65536.
                Math.max(0, highestSequence - 65_536) & 0xFFFFFFFFL,
                (long) jitter & 0xFFFFFFFFL,
                lastSenderReport,
                delay & 0xFFFFFFFFL);
    }
}
