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
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;
import org.everytake.wire.vp8.Vp8Depacketizer;

/**
 * One SSRC that is received: puts its packets in order, has what is missing sent again, and hands out frames. Owned by
 * the connection's loop; the statistics are a value published for any thread.
 */
final class InboundStream implements FrameAssembler.Listener {
    private static final long KEY_FRAME_REQUEST_NANOS = 500_000_000L;

    private final String mid;
    private final long ssrc;
    private final boolean isVideo;
    private final int clockRate;
    private final Viewer viewer;
    private final ReceiveWindow window;
    private final FrameAssembler assembler = new FrameAssembler(new Vp8Depacketizer(), this);
    private final RtpPacket held = new RtpPacket();

    /** Packets that came before one that is awaited. */
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();

    private long nextSequence = -1;
    private long lastInOrder = -1;
    private boolean needsKeyFrame = true;
    private long nextKeyFrameRequestNanos = Long.MIN_VALUE;

    private long packets;
    private long octets;
    private long frames;
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

    InboundStream(String mid, long ssrc, boolean isVideo, boolean repairs, Viewer viewer) {
        this.window = new ReceiveWindow(repairs);
        this.mid = mid;
        this.ssrc = ssrc;
        this.isVideo = isVideo;
        this.clockRate = isVideo ? 90_000 : 48_000;
        this.viewer = viewer;
        this.statistics = snapshot();
    }

    void packet(RtpPacket packet, long arrivalNanos) {
        long sequence = window.arrived(packet.sequenceNumber(), arrivalNanos);
        if (sequence == ReceiveWindow.DUPLICATE) {
            statistics = snapshot();
            return;
        }
        packets++;
        octets += packet.payloadLength();
        measureJitter(packet, arrivalNanos);
        viewer.packet(mid, packet, sequence, arrivalNanos);
        if (nextSequence < 0) {
            nextSequence = sequence;
        }
        if (sequence >= nextSequence) {
            byte[] copy = new byte[packet.length()];
            System.arraycopy(packet.buffer(), packet.offset(), copy, 0, copy.length);
            waiting.put(sequence, copy);
            handOut();
        }
        statistics = snapshot();
    }

    /** Takes out what is in order, up to the first packet that may still come. */
    private void handOut() {
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
                inOrder(held.wrap(packet, 0, packet.length), sequence);
            } catch (Malformed e) {
                throw new IllegalStateException("it was well formed when it came", e);
            }
        }
    }

    private void inOrder(RtpPacket packet, long sequence) {
        if (isVideo) {
            assembler.push(packet, sequence);
            return;
        }
        if (lastInOrder >= 0 && sequence > lastInOrder + 1) {
            viewer.audioLost(mid, sequence - lastInOrder - 1);
        }
        lastInOrder = sequence;
        if (packet.payloadLength() > 0) {
            byte[] opus = new byte[packet.payloadLength()];
            System.arraycopy(packet.buffer(), packet.payloadOffset(), opus, 0, opus.length);
            frames++;
            viewer.audio(mid, sequence, packet.timestamp(), opus);
        }
    }

    @Override
    public void frame(VideoFrame frame) {
        if (needsKeyFrame && !frame.keyFrame()) {
            return;
        }
        needsKeyFrame = false;
        frames++;
        viewer.video(mid, frame);
    }

    @Override
    public void lost(VideoLoss loss) {
        needsKeyFrame |= loss.frameLost();
        viewer.videoLost(mid, loss);
    }

    void senderReport(SenderReport report, long arrivalNanos) {
        senderReports++;
        lastSenderReport = report.compactNtpTime();
        lastSenderReportNanos = arrivalNanos;
        viewer.senderReport(mid, report, arrivalNanos);
        statistics = snapshot();
    }

    /** What is to be asked for now. */
    List<RtcpPacket> requests(long ownSsrc, long nowNanos) {
        List<RtcpPacket> requests = new ArrayList<>(2);
        List<Long> lost = window.toRequest(nowNanos);
        handOut();
        if (!lost.isEmpty()) {
            nacks += lost.size();
            requests.add(new TransportLayerNack(
                    ownSsrc, ssrc, lost.stream().map(l -> (int) (l & 0xFFFF)).toList()));
        }
        if (isVideo && needsKeyFrame && nowNanos >= nextKeyFrameRequestNanos) {
            nextKeyFrameRequestNanos = nowNanos + KEY_FRAME_REQUEST_NANOS;
            keyFrameRequests++;
            requests.add(new PictureLossIndication(ownSsrc, ssrc));
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
                mid,
                ssrc,
                packets,
                octets,
                window.missing(),
                window.repaired(),
                window.duplicates(),
                frames,
                window.first(),
                window.highest(),
                keyFrameRequests,
                nacks,
                senderReports);
    }
}
