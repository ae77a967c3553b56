package org.everytake.peer.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.Goodbye;
import org.everytake.wire.rtcp.ReceiverReport;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.SourceDescription;
import org.everytake.wire.rtp.Retransmission;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.TransportSequence;
import org.jspecify.annotations.Nullable;

/**
 * Everything that comes over one subscription: finds out to which media section a stream belongs, reports each second,
 * asks for what is missing. Owned by the connection's loop; statistics are for any thread.
 */
public final class Subscription {
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final long REQUEST_NANOS = 20_000_000L;
    private static final long FEEDBACK_NANOS = 50_000_000L;
    private static final int MOST_STREAMS = 512;
    private static final int REPORTS_PER_PACKET = 31;

    private final long ownSsrc;
    private final String cname;
    private final Sender sender;
    private final Viewer viewer;
    private final boolean keepsLogs;
    private final Map<Long, InboundStream> streams = new ConcurrentHashMap<>();
    private final Map<String, FrameLog> logs = new ConcurrentHashMap<>();
    private final ArrivalReporter arrivals = new ArrivalReporter();
    private Map<String, InboundSection> sections = Map.of();
    private int transportSequenceId = -1;
    private long nextReportNanos;
    private long nextRequestNanos;
    private long nextFeedbackNanos;

    /**
     * @param keepsLogs whether to keep a {@link FrameLog} of each section
     */
    public Subscription(long ownSsrc, String cname, Sender sender, Viewer viewer, boolean keepsLogs) {
        this.ownSsrc = ownSsrc;
        this.cname = cname;
        this.sender = sender;
        this.viewer = viewer;
        this.keepsLogs = keepsLogs;
    }

    /** What the newest offer brings; streams of other sections are heard no more. */
    public void sections(List<InboundSection> active) {
        Map<String, InboundSection> byMid = new HashMap<>();
        active.forEach(section -> byMid.put(section.mid(), section));
        sections = byMid;
        // One for all, since the sections are bundled (RFC 8285, section 5).
        transportSequenceId = active.stream()
                .mapToInt(section -> section.extensions().transportSequence())
                .max()
                .orElse(-1);
        streams.values().removeIf(stream -> !byMid.containsKey(stream.section().mid()));
    }

    /**
     * Takes a packet, out of its retransmission if it is one.
     *
     * @throws Malformed if it is a retransmission of nothing
     */
    public void rtp(RtpPacket packet, long arrivalNanos) throws Malformed {
        int transportSequence = transportSequenceId < 0 ? -1 : TransportSequence.read(packet, transportSequenceId);
        if (transportSequence >= 0) {
            arrivals.arrived(transportSequence, packet.ssrc(), arrivalNanos);
        }
        InboundStream stream = streams.get(packet.ssrc());
        InboundSection section = stream == null ? sectionOf(packet) : stream.section();
        if (section == null) {
            return;
        }
        int repeatedType = section.repeatedType(packet);
        if (repeatedType < 0) {
            deliver(packet, section, false, arrivalNanos);
            return;
        }
        Long repeatedSsrc = repeatedSsrc(packet, section);
        if (repeatedSsrc == null || Retransmission.isProbe(packet)) {
            return;
        }
        Retransmission.unwrap(packet, repeatedType, repeatedSsrc);
        deliver(packet, section, true, arrivalNanos);
    }

    private void deliver(RtpPacket packet, InboundSection section, boolean isRetransmission, long arrivalNanos) {
        InboundStream stream = streams.get(packet.ssrc());
        if (stream == null) {
            if (streams.size() == MOST_STREAMS) {
                return;
            }
            FrameLog log = keepsLogs ? frames(section.mid()) : null;
            stream = new InboundStream(section, packet, viewer, log);
            streams.put(packet.ssrc(), stream);
        }
        stream.packet(packet, isRetransmission, arrivalNanos);
    }

    /** By what the SDP says; else it can only be of the one stream that there is. */
    private @Nullable Long repeatedSsrc(RtpPacket packet, InboundSection section) {
        Long said = section.repeatedSsrcs().get(packet.ssrc());
        if (said != null) {
            return said;
        }
        List<Long> candidates = streams.entrySet().stream()
                .filter(entry -> entry.getValue().section().mid().equals(section.mid()))
                .map(Map.Entry::getKey)
                .toList();
        return candidates.size() == 1 ? candidates.getFirst() : null;
    }

    public void rtcp(List<RtcpPacket> packets, long arrivalNanos) {
        for (RtcpPacket packet : packets) {
            if (packet instanceof SenderReport report) {
                InboundStream stream = streams.get(report.ssrc());
                if (stream != null) {
                    stream.senderReport(report, arrivalNanos);
                }
            } else if (packet instanceof Goodbye goodbye) {
                goodbye.ssrcs().forEach(streams::remove);
            }
        }
    }

    public void tick(long nowNanos) {
        if (nowNanos - nextRequestNanos >= 0) {
            nextRequestNanos = nowNanos + REQUEST_NANOS;
            for (InboundStream stream : streams.values()) {
                List<RtcpPacket> requests = stream.requests(ownSsrc, nowNanos);
                if (!requests.isEmpty()) {
                    sender.rtcp(requests);
                }
            }
        }
        if (nowNanos - nextFeedbackNanos >= 0) {
            nextFeedbackNanos = nowNanos + FEEDBACK_NANOS;
            for (RtcpPacket feedback : arrivals.feedback(ownSsrc)) {
                sender.rtcp(List.of(feedback));
            }
        }
        if (nowNanos - nextReportNanos >= 0) {
            nextReportNanos = nowNanos + REPORT_NANOS;
            report(nowNanos);
        }
    }

    /** Of each stream that is still there. */
    public List<ReceivedStatistics> statistics() {
        return streams.values().stream().map(InboundStream::statistics).toList();
    }

    /** When the frames of a media section were whole; of any thread. Empty if no logs are kept. */
    public FrameLog frames(String mid) {
        return logs.computeIfAbsent(mid, m -> new FrameLog());
    }

    private void report(long nowNanos) {
        List<ReportBlock> blocks =
                streams.values().stream().map(stream -> stream.report(nowNanos)).toList();
        for (int from = 0; from < blocks.size() || from == 0; from += REPORTS_PER_PACKET) {
            int to = Math.min(blocks.size(), from + REPORTS_PER_PACKET);
            List<RtcpPacket> compound = new ArrayList<>(2);
            compound.add(new ReceiverReport(ownSsrc, blocks.subList(from, to)));
            compound.add(SourceDescription.cname(ownSsrc, cname));
            sender.rtcp(compound);
        }
    }

    /** By the mid in the packet, by the SDP's SSRCs, or by the payload type if only one section has it. */
    private @Nullable InboundSection sectionOf(RtpPacket packet) {
        InboundSection only = null;
        int candidates = 0;
        for (InboundSection section : sections.values()) {
            if (section.ssrcs().contains(packet.ssrc())
                    || section.mid().equals(midIn(packet, section.extensions().mid()))) {
                return section;
            }
            if (section.has(packet)) {
                only = section;
                candidates++;
            }
        }
        return candidates == 1 ? only : null;
    }

    private static @Nullable String midIn(RtpPacket packet, int extension) {
        int at = extension < 0 ? -1 : packet.extensionOffset(extension);
        return at < 0
                ? null
                : new String(packet.buffer(), at, packet.extensionLength(extension), StandardCharsets.UTF_8);
    }
}
