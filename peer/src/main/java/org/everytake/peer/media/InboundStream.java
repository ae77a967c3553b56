package org.everytake.peer.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.sdp.RtpMap;
import org.jspecify.annotations.Nullable;

/**
 * One SSRC that is received: puts its packets in order, has what is missing sent again, and hands out frames. Owned by
 * the connection's loop; the statistics are a value published for any thread.
 */
final class InboundStream {
    private static final long KEY_FRAME_REQUEST_NANOS = 500_000_000L;
    private static final int USUAL_AUDIO_CLOCK = 48_000;
    private static final int VIDEO_CLOCK = 90_000;

    private final InboundSection section;
    private final long ssrc;
    private final int clockRate;
    private final Viewer viewer;
    private final ReceiveWindow window;
    private final InboundMedium medium;
    private final RtpPacket held = new RtpPacket();

    /** Packets that came before one that is awaited. */
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();

    private long nextSequence = -1;
    private long nextKeyFrameRequestNanos = Long.MIN_VALUE;

    private long packets;
    private long octets;
    private long retransmissions;
    private long keyFrameRequests;
    private long nacks;
    private long senderReports;

    private double jitter;
    private long lastTransit = Long.MIN_VALUE;
    private long lastSenderReport;
    private long lastSenderReportNanos;
    private long reportedExpected;
    private long reportedReceived;

    private volatile ReceivedStatistics statistics;

    /**
     * @param first its first packet
     * @param log of its media section, null to keep none
     */
    InboundStream(InboundSection section, RtpPacket first, Viewer viewer, @Nullable FrameLog log) {
        this.section = section;
        this.ssrc = first.ssrc();
        this.clockRate = clockRate(section, first);
        this.viewer = viewer;
        this.window = new ReceiveWindow(section.repairs());
        FrameCounter frames = new FrameCounter(log);
        this.medium = section.isVideo()
                ? new InboundVideo(section, viewer, frames)
                : new InboundAudio(section, viewer, frames);
        this.statistics = snapshot();
    }

    private static int clockRate(InboundSection section, RtpPacket packet) {
        RtpMap map = section.codecs().get(packet.payloadType());
        return map != null ? map.clockRate() : section.isVideo() ? VIDEO_CLOCK : USUAL_AUDIO_CLOCK;
    }

    InboundSection section() {
        return section;
    }

    /**
     * @param isRetransmission whether it came in the stream of retransmissions, out of which it has been taken
     */
    void packet(RtpPacket packet, boolean isRetransmission, long arrivalNanos) {
        retransmissions += isRetransmission ? 1 : 0;
        long sequence = window.arrived(packet.sequenceNumber(), arrivalNanos);
        if (sequence == ReceiveWindow.DUPLICATE) {
            statistics = snapshot();
            return;
        }
        packets++;
        octets += packet.payloadLength();
        if (!isRetransmission) {
            measureJitter(packet, arrivalNanos);
        }
        viewer.packet(section.mid(), packet, sequence, arrivalNanos);
        if (nextSequence < 0) {
            nextSequence = sequence;
        }
        if (sequence >= nextSequence) {
            byte[] copy = new byte[packet.length()];
            System.arraycopy(packet.buffer(), packet.offset(), copy, 0, copy.length);
            waiting.put(sequence, copy);
            handOut(arrivalNanos);
        }
        statistics = snapshot();
    }

    /** Takes out what is in order, up to the first packet that may still come. */
    private void handOut(long nowNanos) {
        while (!waiting.isEmpty()) {
            Map.Entry<Long, byte[]> first = waiting.firstEntry();
            long sequence = first.getKey();
            for (; nextSequence < sequence; nextSequence++) {
                if (window.isAwaited(nextSequence)) {
                    return;
                }
            }
            byte[] packet = first.getValue();
            waiting.remove(sequence);
            nextSequence = sequence + 1;
            try {
                medium.packet(held.wrap(packet, 0, packet.length), sequence, nowNanos);
            } catch (Malformed e) {
                throw new IllegalStateException("it was well formed when it came", e);
            }
        }
    }

    void senderReport(SenderReport report, long arrivalNanos) {
        senderReports++;
        lastSenderReport = report.compactNtpTime();
        lastSenderReportNanos = arrivalNanos;
        viewer.senderReport(section.mid(), report, arrivalNanos);
        statistics = snapshot();
    }

    /** What is to be asked for now. */
    List<RtcpPacket> requests(long ownSsrc, long nowNanos) {
        List<RtcpPacket> requests = new ArrayList<>(2);
        long before = nextSequence;
        List<Long> lost = window.toRequest(nowNanos);
        handOut(nowNanos);
        if (!lost.isEmpty()) {
            nacks += lost.size();
            requests.add(new TransportLayerNack(
                    ownSsrc, ssrc, lost.stream().map(l -> (int) (l & 0xFFFF)).toList()));
        }
        if (medium.needsKeyFrame() && nowNanos >= nextKeyFrameRequestNanos) {
            nextKeyFrameRequestNanos = nowNanos + KEY_FRAME_REQUEST_NANOS;
            keyFrameRequests++;
            requests.add(new PictureLossIndication(ownSsrc, ssrc));
        }
        if (!requests.isEmpty() || nextSequence != before) {
            statistics = snapshot();
        }
        return requests;
    }

    /** RFC 3550, appendix A.3 and A.8. */
    ReportBlock report(long nowNanos) {
        long expected = window.highest() - window.first() + 1;
        long expectedSince = expected - reportedExpected;
        long lostSince = expectedSince - (packets - reportedReceived);
        reportedExpected = expected;
        reportedReceived = packets;
        int fraction = expectedSince <= 0 || lostSince <= 0 ? 0 : (int) Math.min(255, 256 * lostSince / expectedSince);
        long delay = lastSenderReport == 0 ? 0 : (nowNanos - lastSenderReportNanos) * 65_536 / 1_000_000_000L;
        return new ReportBlock(
                ssrc,
                fraction,
                (int) (expected - packets),
                window.highestForReport(),
                (long) jitter,
                lastSenderReport,
                delay);
    }

    ReceivedStatistics statistics() {
        return statistics;
    }

    private void measureJitter(RtpPacket packet, long arrivalNanos) {
        long transit = arrivalNanos * (clockRate / 1000) / 1_000_000 - packet.timestamp();
        if (lastTransit != Long.MIN_VALUE) {
            double difference = Math.abs((double) (int) (transit - lastTransit));
            jitter += (difference - jitter) / 16;
        }
        lastTransit = transit;
    }

    private ReceivedStatistics snapshot() {
        return new ReceivedStatistics(
                section.mid(),
                ssrc,
                packets,
                octets,
                window.missing(),
                window.repaired(),
                retransmissions,
                window.duplicates(),
                medium.statistics(),
                window.first(),
                window.highest(),
                keyFrameRequests,
                nacks,
                senderReports);
    }
}
