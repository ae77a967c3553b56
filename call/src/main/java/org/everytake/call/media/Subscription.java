package org.everytake.call.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.OfferedTrack;
import org.everytake.call.Refused;
import org.everytake.call.Track;
import org.everytake.call.sdp.LocalConnection;
import org.everytake.call.sdp.SubscribeAnswer;
import org.everytake.call.sdp.SubscribeOffer;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.call.transport.PeerTransport;
import org.everytake.call.transport.Transports;
import org.everytake.wire.rtcp.RtcpPacket;
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

    private final Owner owner;
    private final CallCounters counters;
    private final Transports transports;
    private final PeerTransport transport;
    private final PathControl path;
    private final SubscriberFeedback feedback;
    private final long sessionId;
    private final List<SubscribedSection> sections = new ArrayList<>();
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
        this.path = new PathControl(counters);
        this.feedback = new SubscriberFeedback(counters, path);
        this.sessionId = transports.randomUnsigned32();
        this.serial = lastSerial;
        this.transport = transports.open(this);
    }

    public long serial() {
        return serial;
    }

    public void add(LiveTrack track, long nowNanos) {
        boolean video = track.track().kind().isVideo();
        SubscribedSection section = sections.stream()
                .filter(s -> s.reusable && s.video == video && s.track == null)
                .findFirst()
                .orElse(null);
        if (section == null && sections.size() >= SubscribeOffer.MOST_SECTIONS) {
            log.warn("no section left for {}", track.track());
            return;
        }
        if (section == null) {
            section = new SubscribedSection(Integer.toString(sections.size()), video);
            sections.add(section);
        }
        section.reusable = false;
        section.track = track;
        section.ssrc = transports.randomUnsigned32();
        section.retransmissionSsrc = transports.randomUnsigned32();
        section.viewedLines = SubscribedSection.FULL;
        change(nowNanos);
    }

    public void remove(LiveTrack track, long nowNanos) {
        for (SubscribedSection section : sections) {
            if (section.track == track) {
                stop(section);
                section.track = null;
                change(nowNanos);
            }
        }
    }

    private void stop(SubscribedSection section) {
        if (section.forwarder != null) {
            transport.forgetSent(section.ssrc);
            transport.forgetSent(section.retransmissionSsrc);
        }
        section.stop();
    }

    /**
     * How many lines high the subscriber sees a video; 0 if it is not seen.
     *
     * @param lines by track
     */
    public void view(ToIntFunction<Track> lines) {
        for (SubscribedSection section : sections) {
            if (section.track != null) {
                section.viewedLines = lines.applyAsInt(section.track.track());
            }
        }
        path.changed();
    }

    /** The most lines of which the subscriber makes use; 0 if they do not see or hear the track. */
    public int viewedLines(LiveTrack track) {
        int most = 0;
        for (SubscribedSection section : sections) {
            if (section.track == track) {
                most = Math.max(most, section.viewedLines);
            }
        }
        return most;
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
        if (transport.isConnected()) {
            for (SubscribedSection section : sections) {
                if (section.forwarder != null) {
                    section.forwarder.tick();
                }
            }
            path.tick(sections, nowNanos);
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
        for (SubscribedSection section : sections) {
            LiveTrack track = section.track;
            section.offered = track;
            if (track == null) {
                offered.add(new SubscribeOffer.Section(section.mid, section.video, codecs(section), null));
                continue;
            }
            String person = track.track().person();
            offered.add(new SubscribeOffer.Section(
                    section.mid,
                    section.video,
                    codecs(section),
                    new SubscribeOffer.Sending(
                            section.ssrc,
                            section.retransmissionSsrc,
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

    /** Those that the publisher may send; what is redundant may also go out as what it holds. */
    private static List<SupportedCodec> codecs(SubscribedSection section) {
        LiveTrack track = section.track;
        if (track == null) {
            return List.of(section.video ? SupportedCodec.VP8 : SupportedCodec.OPUS);
        }
        return track.track().codecs().stream()
                .map(codec -> SupportedCodec.named(codec.name()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * @throws Refused if it is not the answer to the offer under way, or cannot be used; the offer stays under way
     */
    public void answered(long answeredSerial, String sdp) throws Refused {
        if (!offerUnderWay || answeredSerial != serial) {
            throw new Refused("unknown-serial", "There is no open offer with the serial " + answeredSerial + ".");
        }
        // Sections that came after the offer stand behind those of the answer.
        List<SubscribedSection> answeredSections = sections.subList(0, sectionsInOffer);
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

    private void settle(SubscribedSection section, SubscribeAnswer.Section answer) {
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
                        section.retransmissionSsrc,
                        section.mid,
                        track.track().person(),
                        answer.codecs(),
                        answer.extensions(),
                        section.video && answer.repair()),
                (int) (transports.randomUnsigned32() % SEQUENCE_START_RANGE));
        section.forwarder = forwarder;
        track.add(forwarder);
        path.changed();
    }

    @Override
    public void connected() {
        feedback.connected(sections);
    }

    @Override
    public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {
        // Who only listens has nothing to send.
        counters.count(Counter.RTP_UNKNOWN_SOURCE);
    }

    @Override
    public void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
        feedback.rtcp(sections, buffer, offset, length, arrivalNanos);
    }

    @Override
    public int count(int bytes) {
        return path.count(bytes, transports.nowNanos());
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
