package org.everytake.call.media;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.Kind;
import org.everytake.call.Track;
import org.everytake.call.bandwidth.ArrivalLog;
import org.everytake.call.sdp.LocalConnection;
import org.everytake.call.sdp.PublishOffer;
import org.everytake.call.transport.PeerTransport;
import org.everytake.call.transport.Transports;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.FullIntraRequest;
import org.everytake.wire.rtcp.Goodbye;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.ReceiverEstimatedMaximumBitrate;
import org.everytake.wire.rtcp.ReceiverReport;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.RtcpPackets;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.SourceDescription;
import org.everytake.wire.rtcp.TransportFeedback;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.everytake.wire.rtp.Retransmission;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.TransportSequence;
import org.everytake.wire.sdp.ExtMap;

/** The connection on which a person sends, with its tracks. Owned by the loop. */
public final class Publication implements PeerTransport.Listener {
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final String CNAME = "everytake";

    /** Unless a packet is missing: nothing else is so urgent that each track had to be looked at in each tick. */
    private static final long LOOK_NANOS = 50_000_000L;

    /** RFC 3550, section 6.4.2: the count has five bits. */
    private static final int MOST_REPORTS = 31;

    /** The room. */
    public interface Owner {
        long nextTrackNumber();

        boolean isRecording();

        /** The first stream is there, the first packet follows. */
        void opened(LiveTrack track);

        void described(LiveTrack track);

        /** Not called for duplicates. */
        void packet(LiveTrack track, InboundStream stream, RtpPacket packet, long extendedSequence, long arrivalNanos);

        void senderReport(LiveTrack track, InboundStream stream, SenderReport report, long arrivalNanos);

        void closed(LiveTrack track, String reason);

        /** The connection went; its tracks have been closed. */
        void publicationLost(Publication publication, String reason);
    }

    private final String person;
    private final Owner owner;
    private final CallCounters counters;
    private final Transports transports;
    private final PeerTransport transport;
    private final long maximumBitsPerSecond;
    private final long sessionId;
    private final long ourSsrc;
    private final SourceTable sources = new SourceTable();
    private final ArrivalLog arrivals = new ArrivalLog();
    private final RtpPacket view = new RtpPacket();
    private int transportSequenceId;
    private long lastSsrc;
    private long nextReportNanos;
    private long nextLookNanos;
    private boolean missing;

    public Publication(String person, Owner owner, Transports transports, long maximumBitsPerSecond) {
        this.person = person;
        this.owner = owner;
        this.transports = transports;
        this.counters = transports.counters();
        this.maximumBitsPerSecond = maximumBitsPerSecond;
        this.sessionId = transports.randomUnsigned32();
        this.ourSsrc = transports.randomUnsigned32();
        this.transport = transports.open(this);
    }

    /** Whether an offer comes from the connection that this one already talks to. */
    public boolean isSameConnection(PublishOffer offer) {
        return transport.fingerprints().equals(offer.peer().fingerprints());
    }

    /**
     * Takes an offer, the first or a changed one.
     *
     * @return the answer
     */
    public String offer(PublishOffer offer, Map<String, Kind> kinds) {
        transport.remote(offer.peer().ufrag(), offer.peer().fingerprints());
        Set<String> gone = new HashSet<>();
        sources.sections().forEach(section -> gone.add(section.offered().mid()));
        transportSequenceId = 0;
        for (PublishOffer.Section offered : offer.sections()) {
            gone.remove(offered.mid());
            // In a bundle an id means the same in each section (RFC 8285, section 4.3).
            transportSequenceId = Math.max(transportSequenceId, offered.extensionId(ExtMap.TRANSPORT_CC));
            take(offered, kind(offered, kinds));
        }
        for (String mid : gone) {
            PublishedSection section = sources.section(mid);
            if (section != null) {
                close(section, "stopped");
                sources.remove(mid);
            }
        }
        return offer.answer(new LocalConnection(
                sessionId,
                transport.credentials().ufrag(),
                transport.credentials().password(),
                transports.fingerprint(),
                transports.candidates()));
    }

    private static Kind kind(PublishOffer.Section offered, Map<String, Kind> kinds) {
        Kind kind = kinds.get(offered.mid());
        Kind guess = offered.video() ? Kind.CAMERA : Kind.MICROPHONE;
        return kind == null || kind.isVideo() != offered.video() ? guess : kind;
    }

    private void take(PublishOffer.Section offered, Kind kind) {
        PublishedSection section = sources.section(offered.mid());
        if (section == null) {
            sources.put(offered.mid(), new PublishedSection(offered, kind));
            return;
        }
        if (!offered.sends() || section.kind() != kind) {
            close(section, "stopped");
        }
        boolean described = section.offered().codecs().equals(offered.codecs())
                && section.offered().headerExtensions().equals(offered.headerExtensions());
        section.describe(offered, kind);
        sources.signalled(section);
        LiveTrack track = section.track;
        if (track != null && !described) {
            track.describe(offered.codecs(), offered.headerExtensions());
            owner.described(track);
        }
    }

    @Override
    public void connected() {
        nextReportNanos = 0;
        nextLookNanos = transports.nowNanos();
    }

    @Override
    public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {
        RtpPacket packet;
        try {
            packet = view.wrap(buffer, offset, length);
        } catch (Malformed e) {
            counters.count(Counter.RTP_MALFORMED);
            return;
        }
        lastSsrc = packet.ssrc();
        int sequence = transportSequenceId == 0 ? -1 : TransportSequence.read(packet, transportSequenceId);
        if (sequence >= 0) {
            arrivals.arrived(sequence, arrivalNanos);
        }
        SourceTable.Source source = sources.known(packet.ssrc());
        if (source == null) {
            source = sources.learn(packet);
        }
        if (source == null || !source.section.offered().sends()) {
            counters.count(Counter.RTP_UNKNOWN_SOURCE);
            transport.forgetSource(packet.ssrc());
        } else if (source.repairs) {
            repaired(source, packet, arrivalNanos);
        } else if (!source.section.takes(packet.payloadType())) {
            counters.count(Counter.RTP_UNKNOWN_PAYLOAD_TYPE);
        } else {
            media(source, packet, arrivalNanos);
        }
    }

    private void media(SourceTable.Source source, RtpPacket packet, long arrivalNanos) {
        counters.count(Counter.RTP_RECEIVED);
        LiveTrack track = source.section.track;
        InboundStream stream = source.stream;
        if (track == null || stream == null || source.track != track) {
            stream = begin(source, packet, arrivalNanos);
            track = source.section.track;
        }
        if (track != null) {
            received(source.section, track, stream, packet, arrivalNanos);
        }
    }

    /** A packet of a retransmission stream becomes the one that was lost (RFC 4588). */
    private void repaired(SourceTable.Source source, RtpPacket packet, long arrivalNanos) {
        if (Retransmission.isProbe(packet)) {
            counters.count(Counter.RTP_PADDING_RECEIVED);
            return;
        }
        int payloadType = source.section.repeated(packet.payloadType());
        InboundStream stream = sources.repaired(source);
        LiveTrack track = source.section.track;
        if (payloadType < 0) {
            counters.count(Counter.RTP_UNKNOWN_PAYLOAD_TYPE);
        } else if (stream == null || track == null) {
            counters.count(Counter.RTP_UNKNOWN_SOURCE);
        } else {
            try {
                Retransmission.unwrap(packet, payloadType, stream.stream().ssrc());
            } catch (Malformed e) {
                counters.count(Counter.RTP_MALFORMED);
                return;
            }
            counters.count(Counter.RTP_REPAIRED);
            received(source.section, track, stream, packet, arrivalNanos);
        }
    }

    private void received(
            PublishedSection section, LiveTrack track, InboundStream stream, RtpPacket packet, long arrivalNanos) {
        section.packetArrived(arrivalNanos);
        long extended = stream.received(packet, arrivalNanos);
        missing |= stream.isMissing();
        if (extended < 0) {
            counters.count(Counter.RTP_DUPLICATE);
            return;
        }
        owner.packet(track, stream, packet, extended, arrivalNanos);
    }

    /** A source that is new, or comes again after its track was closed. */
    private InboundStream begin(SourceTable.Source source, RtpPacket packet, long arrivalNanos) {
        PublishedSection section = source.section;
        LiveTrack track = section.track;
        boolean opens = track == null;
        if (track == null) {
            PublishOffer.Section offered = section.offered();
            track = new LiveTrack(
                    new Track(
                            owner.nextTrackNumber(),
                            person,
                            section.kind(),
                            offered.mid(),
                            offered.codecs(),
                            offered.headerExtensions()),
                    offered.rids(),
                    offered.repair());
            section.track = track;
        }
        InboundStream stream = track.addStream(packet.ssrc(), source.rid, packet.payloadType(), arrivalNanos);
        source.stream = stream;
        source.track = track;
        if (opens) {
            owner.opened(track);
            // Tells at once how much may be sent: in its first two seconds the sender believes it without trying.
            nextReportNanos = arrivalNanos;
            nextLookNanos = arrivalNanos;
        } else {
            owner.described(track);
        }
        return stream;
    }

    @Override
    public void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
        List<RtcpPacket> packets;
        try {
            packets = RtcpPackets.parse(buffer, offset, length);
        } catch (Malformed e) {
            counters.count(Counter.RTCP_MALFORMED);
            return;
        }
        for (RtcpPacket packet : packets) {
            switch (packet) {
                case SenderReport report -> reported(report, arrivalNanos);
                case Goodbye goodbye -> goodbye.ssrcs().forEach(ssrc -> saidGoodbye(ssrc, arrivalNanos));
                default -> {
                    // Reports on what we do not send, and names (SDES) that the signalling knows better.
                }
            }
        }
    }

    private void reported(SenderReport report, long arrivalNanos) {
        SourceTable.Source source = sources.known(report.ssrc());
        if (source == null || source.track == null || source.stream == null || source.section.track != source.track) {
            counters.count(Counter.RTCP_UNKNOWN_SOURCE);
            return;
        }
        source.stream.reported(report, arrivalNanos);
        owner.senderReport(source.track, source.stream, report, arrivalNanos);
    }

    private void saidGoodbye(long ssrc, long arrivalNanos) {
        SourceTable.Source source = sources.known(ssrc);
        if (source != null) {
            source.section.goodbye(arrivalNanos);
        }
    }

    public List<LiveTrack> tracks() {
        List<LiveTrack> tracks = new ArrayList<>();
        for (PublishedSection section : sources.sections()) {
            if (section.track != null) {
                tracks.add(section.track);
            }
        }
        return tracks;
    }

    public void tick(long nowNanos) {
        transport.tick(nowNanos);
        if (!transport.isConnected() || !missing && nowNanos - nextLookNanos < 0) {
            return;
        }
        nextLookNanos = nowNanos + LOOK_NANOS;
        missing = false;
        for (PublishedSection section : sources.sections()) {
            LiveTrack track = section.track;
            if (track == null) {
                continue;
            }
            if (section.hasEnded(nowNanos)) {
                close(section, "ended");
                continue;
            }
            long givenUpBefore = track.givenUp();
            List<RtcpPacket> feedback = track.feedbackDue(ourSsrc, nowNanos, owner.isRecording());
            counters.add(Counter.PACKETS_GIVEN_UP, track.givenUp() - givenUpBefore);
            missing |= track.isMissing();
            if (!feedback.isEmpty()) {
                transport.sendRtcp(feedback);
                feedback.forEach(this::count);
            }
        }
        TransportFeedback feedback = arrivals.due(ourSsrc, lastSsrc, nowNanos);
        if (feedback != null) {
            transport.sendRtcp(List.of(feedback));
        }
        if (nowNanos - nextReportNanos >= 0) {
            nextReportNanos = nowNanos + REPORT_NANOS;
            report(nowNanos);
        }
    }

    private void count(RtcpPacket packet) {
        if (packet instanceof TransportLayerNack) {
            counters.count(Counter.NACKS_SENT);
        } else if (packet instanceof PictureLossIndication || packet instanceof FullIntraRequest) {
            counters.count(Counter.KEY_FRAMES_REQUESTED);
        }
    }

    private void report(long nowNanos) {
        List<ReportBlock> blocks = new ArrayList<>();
        List<Long> ssrcs = new ArrayList<>();
        int videos = 0;
        for (LiveTrack track : tracks()) {
            videos += track.track().kind().isVideo() ? 1 : 0;
            for (Layer layer : track.layers()) {
                // Only the newest stream of a layer still sends.
                InboundStream stream = layer.stream();
                if (stream == null || blocks.size() >= MOST_REPORTS) {
                    continue;
                }
                blocks.add(stream.statistics().report(nowNanos));
                if (track.track().kind().isVideo()) {
                    ssrcs.add(stream.stream().ssrc());
                }
            }
        }
        if (blocks.isEmpty()) {
            return;
        }
        List<RtcpPacket> compound = new ArrayList<>();
        compound.add(new ReceiverReport(ourSsrc, blocks));
        compound.add(SourceDescription.cname(ourSsrc, CNAME));
        if (!ssrcs.isEmpty()) {
            compound.add(new ReceiverEstimatedMaximumBitrate(ourSsrc, videos * maximumBitsPerSecond, ssrcs));
        }
        transport.sendRtcp(compound);
    }

    private void close(PublishedSection section, String reason) {
        LiveTrack track = section.track;
        section.closed();
        if (track != null) {
            owner.closed(track, reason);
        }
    }

    /** Closes tracks and connection. */
    public void close(String reason) {
        List.copyOf(sources.sections()).forEach(section -> close(section, reason));
        transport.close();
    }

    @Override
    public void lost(String reason) {
        List.copyOf(sources.sections())
                .forEach(section -> close(section, reason.equals("path-lost") ? "path-lost" : "ended"));
        owner.publicationLost(this, reason);
    }
}
