package org.everytake.call.media;

import java.util.ArrayList;
import java.util.List;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.OfferedTrack;
import org.everytake.call.Refused;
import org.everytake.call.sdp.LocalConnection;
import org.everytake.call.sdp.SubscribeAnswer;
import org.everytake.call.sdp.SubscribeOffer;
import org.everytake.call.transport.PeerTransport;
import org.everytake.call.transport.Transports;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.FullIntraRequest;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.RtcpPackets;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection on which a person gets what the others send: a list of media sections that grows, of which those that
 * fell silent are used again. At most one offer is under way; what changes meanwhile goes into the next. Owned by the
 * loop.
 */
public final class Subscription implements PeerTransport.Listener, Forwarder.Outlet {
    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    /** Changes that come together, such as somebody's microphone and camera, go into one offer. */
    private static final long GATHER_NANOS = 30_000_000L;

    private static final int SEQUENCE_START_RANGE = 1 << 15;

    /** The room. */
    public interface Owner {
        /** To be carried to the person. */
        void offer(Subscription subscription, long serial, String sdp, List<OfferedTrack> tracks);

        void subscriptionLost(Subscription subscription, String reason);
    }

    /** A media section. {@code forwarder} is there from the answer on. */
    private static final class Section {
        final String mid;
        final boolean video;

        @Nullable
        LiveTrack track;

        @Nullable
        LiveTrack offered;

        long ssrc;

        @Nullable
        Forwarder forwarder;

        boolean reusable;

        Section(String mid, boolean video) {
            this.mid = mid;
            this.video = video;
        }
    }

    private final Owner owner;
    private final CallCounters counters;
    private final Transports transports;
    private final PeerTransport transport;
    private final long sessionId;
    private final List<Section> sections = new ArrayList<>();
    private long serial;
    private boolean offerUnderWay;
    private int sectionsInOffer;
    private boolean changed;
    private long changedNanos;

    /**
     * @param lastSerial of the person's former subscription; serials go on
     */
    public Subscription(Owner owner, Transports transports, long lastSerial) {
        this.owner = owner;
        this.transports = transports;
        this.counters = transports.counters();
        this.sessionId = transports.randomUnsigned32();
        this.serial = lastSerial;
        this.transport = transports.open(this);
    }

    public long serial() {
        return serial;
    }

    public void add(LiveTrack track, long nowNanos) {
        boolean video = track.track().kind().isVideo();
        Section section = sections.stream()
                .filter(s -> s.reusable && s.video == video && s.track == null)
                .findFirst()
                .orElse(null);
        if (section == null && sections.size() >= SubscribeOffer.MOST_SECTIONS) {
            log.warn("no section left for {}", track.track());
            return;
        }
        if (section == null) {
            section = new Section(Integer.toString(sections.size()), video);
            sections.add(section);
        }
        section.reusable = false;
        section.track = track;
        section.ssrc = transports.randomUnsigned32();
        change(nowNanos);
    }

    public void remove(LiveTrack track, long nowNanos) {
        for (Section section : sections) {
            if (section.track == track) {
                stop(section);
                section.track = null;
                change(nowNanos);
            }
        }
    }

    private void stop(Section section) {
        if (section.forwarder != null && section.offered != null) {
            section.offered.remove(section.forwarder);
            transport.forgetSent(section.ssrc);
        }
        section.forwarder = null;
    }

    private void change(long nowNanos) {
        if (!changed) {
            changed = true;
            changedNanos = nowNanos;
        }
    }

    public void tick(long nowNanos) {
        // A person who has been offered nothing yet, or has not answered, has no path that could be silent.
        if (!transport.fingerprints().isEmpty()) {
            transport.tick(nowNanos);
        }
        for (Section section : sections) {
            if (section.forwarder != null) {
                section.forwarder.tick();
            }
        }
        if (changed && !offerUnderWay && nowNanos - changedNanos >= GATHER_NANOS) {
            offer();
        }
    }

    private void offer() {
        changed = false;
        offerUnderWay = true;
        sectionsInOffer = sections.size();
        serial++;
        List<SubscribeOffer.Section> offered = new ArrayList<>();
        List<OfferedTrack> tracks = new ArrayList<>();
        for (Section section : sections) {
            LiveTrack track = section.track;
            section.offered = track;
            if (track == null) {
                offered.add(new SubscribeOffer.Section(section.mid, section.video, null));
                continue;
            }
            String person = track.track().person();
            offered.add(new SubscribeOffer.Section(
                    section.mid,
                    section.video,
                    new SubscribeOffer.Sending(
                            section.ssrc,
                            person,
                            person,
                            "track-" + track.track().number())));
            tracks.add(new OfferedTrack(section.mid, person, track.track().kind()));
        }
        String sdp = SubscribeOffer.print(
                new LocalConnection(
                        sessionId,
                        transport.credentials().ufrag(),
                        transport.credentials().password(),
                        transports.fingerprint(),
                        transports.candidates()),
                serial,
                offered);
        owner.offer(this, serial, sdp, tracks);
    }

    /**
     * @throws Refused if it is not the answer to the offer under way, or cannot be used; the offer stays under way
     */
    public void answered(long answeredSerial, String sdp) throws Refused {
        if (!offerUnderWay || answeredSerial != serial) {
            throw new Refused("unknown-serial", "There is no open offer with the serial " + answeredSerial + ".");
        }
        // Sections that came after the offer stand behind those of the answer.
        List<Section> answeredSections = sections.subList(0, sectionsInOffer);
        SubscribeAnswer answer = SubscribeAnswer.parse(
                sdp, answeredSections.stream().map(section -> section.mid).toList());
        offerUnderWay = false;
        if (answer.peer() != null) {
            transport.remote(answer.peer().ufrag(), answer.peer().fingerprints());
        }
        for (int i = 0; i < answeredSections.size(); i++) {
            settle(answeredSections.get(i), answer.sections().get(i));
        }
    }

    private void settle(Section section, SubscribeAnswer.Section answer) {
        LiveTrack track = section.offered;
        if (track == null) {
            section.reusable = section.track == null;
            return;
        }
        if (!answer.receives()) {
            stop(section);
            return;
        }
        if (section.track != track || section.forwarder != null) {
            return;
        }
        var forwarder = new Forwarder(
                this,
                counters,
                new Forwarder.Format(
                        section.ssrc,
                        section.video ? SubscribeOffer.VP8_PAYLOAD_TYPE : SubscribeOffer.OPUS_PAYLOAD_TYPE,
                        section.mid,
                        answer.mid() ? SubscribeOffer.MID_EXTENSION : 0,
                        section.video ? 90_000 : 48_000,
                        track.track().person()),
                (int) (transports.randomUnsigned32() % SEQUENCE_START_RANGE));
        section.forwarder = forwarder;
        track.add(forwarder);
    }

    @Override
    public void connected() {
        for (Section section : sections) {
            LiveTrack track = section.track;
            if (track != null && section.forwarder != null) {
                track.wantKeyFrame();
            }
        }
    }

    @Override
    public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {
        // Who only listens has nothing to send.
        counters.count(Counter.RTP_UNKNOWN_SOURCE);
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
                case TransportLayerNack nack -> lost(nack);
                case PictureLossIndication pli -> keyFrame(pli.mediaSsrc());
                case FullIntraRequest fir -> fir.entries().forEach(entry -> keyFrame(entry.ssrc()));
                default -> {
                    // Receiver reports: the bandwidth that a subscriber has is not looked at yet.
                }
            }
        }
    }

    private void lost(TransportLayerNack nack) {
        Section section = sending(nack.mediaSsrc());
        if (section != null && section.forwarder != null) {
            section.forwarder.retransmit(nack.lost());
        }
    }

    private void keyFrame(long ssrc) {
        Section section = sending(ssrc);
        if (section != null && section.track != null) {
            section.track.wantKeyFrame();
        }
    }

    private @Nullable Section sending(long ssrc) {
        for (Section section : sections) {
            if (section.forwarder != null && section.ssrc == ssrc) {
                return section;
            }
        }
        counters.count(Counter.RTCP_UNKNOWN_SOURCE);
        return null;
    }

    @Override
    public boolean sendRtp(byte[] buffer, int length) {
        return transport.sendRtp(buffer, length);
    }

    @Override
    public void sendRtcp(List<? extends RtcpPacket> packets) {
        transport.sendRtcp(packets);
    }

    public void close() {
        sections.forEach(this::stop);
        transport.close();
    }

    @Override
    public void lost(String reason) {
        sections.forEach(this::stop);
        owner.subscriptionLost(this, reason);
    }
}
