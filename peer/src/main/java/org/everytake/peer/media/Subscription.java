package org.everytake.peer.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.everytake.wire.rtcp.Goodbye;
import org.everytake.wire.rtcp.ReceiverReport;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.SourceDescription;
import org.everytake.wire.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Everything that comes over one subscription: finds out to which media section a stream belongs, reports each second,
 * asks for what is missing. Owned by the connection's loop; statistics are for any thread.
 */
public final class Subscription {
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final long REQUEST_NANOS = 20_000_000L;
    private static final int MOST_STREAMS = 512;
    private static final int REPORTS_PER_PACKET = 31;

    /**
     * An active media section.
     *
     * @param repairs whether the sender answers NACK
     * @param midExtension id of the header extension with the mid, -1 if there is none
     * @param ssrcs that the SDP names
     */
    public record Section(
            String mid,
            boolean isVideo,
            boolean repairs,
            List<Integer> payloadTypes,
            int midExtension,
            List<Long> ssrcs) {
        public Section {
            payloadTypes = List.copyOf(payloadTypes);
            ssrcs = List.copyOf(ssrcs);
        }
    }

    private final long ownSsrc;
    private final String cname;
    private final Sender sender;
    private final Viewer viewer;
    private final Map<Long, InboundStream> streams = new ConcurrentHashMap<>();
    private Map<String, Section> sections = Map.of();
    private long nextReportNanos;
    private long nextRequestNanos;

    public Subscription(long ownSsrc, String cname, Sender sender, Viewer viewer) {
        this.ownSsrc = ownSsrc;
        this.cname = cname;
        this.sender = sender;
        this.viewer = viewer;
    }

    /** What the newest offer brings; streams of other sections are heard no more. */
    public void sections(List<Section> active) {
        Map<String, Section> byMid = new HashMap<>();
        active.forEach(section -> byMid.put(section.mid(), section));
        sections = byMid;
        streams.keySet().removeIf(ssrc -> {
            InboundStream stream = streams.get(ssrc);
            return stream != null && !byMid.containsKey(stream.statistics().mid());
        });
    }

    public void rtp(RtpPacket packet, long arrivalNanos) {
        InboundStream stream = streams.get(packet.ssrc());
        if (stream == null) {
            Section section = sectionOf(packet);
            if (section == null || streams.size() == MOST_STREAMS) {
                return;
            }
            stream = new InboundStream(section.mid(), packet.ssrc(), section.isVideo(), section.repairs(), viewer);
            streams.put(packet.ssrc(), stream);
        }
        stream.packet(packet, arrivalNanos);
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
        if (nowNanos - nextReportNanos >= 0) {
            nextReportNanos = nowNanos + REPORT_NANOS;
            report(nowNanos);
        }
    }

    /** Of each stream that is still there. */
    public List<ReceivedStatistics> statistics() {
        return streams.values().stream().map(InboundStream::statistics).toList();
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
    private @Nullable Section sectionOf(RtpPacket packet) {
        Section only = null;
        int candidates = 0;
        for (Section section : sections.values()) {
            if (section.ssrcs().contains(packet.ssrc())
                    || section.mid().equals(midIn(packet, section.midExtension()))) {
                return section;
            }
            if (section.payloadTypes().contains(packet.payloadType())) {
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
