package org.everytake.call.media;

import java.util.List;
import java.util.Set;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.sdp.LocalConnection;
import org.everytake.call.sdp.WatchOffer;
import org.everytake.call.transport.PeerTransport;
import org.everytake.call.transport.Transports;
import org.everytake.wire.rtcp.RtcpPacket;
import org.jspecify.annotations.Nullable;

/**
 * The connection of somebody who watches without being in the room: one sound and one picture, each of which goes from
 * one person's to another's without a break in its numbers. Owned by the loop.
 */
public final class Watching implements PeerTransport.Listener, Forwarder.Outlet {
    private static final int SEQUENCE_START_RANGE = 1 << 15;
    private static final String CNAME = "everytake";

    /** The room. */
    public interface Owner {
        void watchingLost(Watching watching, String reason);
    }

    private final Owner owner;
    private final CallCounters counters;
    private final Transports transports;
    private final PeerTransport transport;
    private final PathControl path;
    private final SubscriberFeedback feedback;
    private final long sessionId;
    private List<SubscribedSection> sections = List.of();
    private Renumbering renumbering = new Renumbering(List.of());

    public Watching(Owner owner, Transports transports) {
        this.owner = owner;
        this.transports = transports;
        this.counters = transports.counters();
        this.path = new PathControl(counters);
        this.feedback = new SubscriberFeedback(counters, path);
        this.sessionId = transports.randomUnsigned32();
        this.transport = transports.open(this);
    }

    /** Whether an offer comes from the connection that this one already talks to. */
    public boolean isSameConnection(WatchOffer offer) {
        return transport.fingerprints().equals(offer.peer().fingerprints());
    }

    /**
     * Takes an offer, the first, or the same again with ICE restarted.
     *
     * @return the answer
     */
    public String offer(WatchOffer offer) {
        transport.remote(offer.peer().ufrag(), offer.peer().fingerprints());
        if (sections.isEmpty()) {
            renumbering = new Renumbering(offer.sections());
            sections = offer.sections().stream().map(this::section).toList();
        }
        return offer.answer(
                new LocalConnection(
                        sessionId,
                        transport.credentials().ufrag(),
                        transport.credentials().password(),
                        transports.fingerprint(),
                        transports.candidates()),
                sections.stream()
                        .map(section -> new WatchOffer.Ssrcs(section.ssrc, section.retransmissionSsrc))
                        .toList());
    }

    private SubscribedSection section(WatchOffer.Section offered) {
        var section = new SubscribedSection(offered.mid(), offered.video());
        section.ssrc = transports.randomUnsigned32();
        section.retransmissionSsrc = transports.randomUnsigned32();
        section.forwarder = new Forwarder(
                this,
                counters,
                new Forwarder.Format(
                        section.ssrc,
                        section.retransmissionSsrc,
                        section.mid,
                        CNAME,
                        offered.payloadTypes().keySet(),
                        Set.copyOf(offered.extensions().keySet()),
                        offered.repair()),
                (int) (transports.randomUnsigned32() % SEQUENCE_START_RANGE));
        return section;
    }

    /** Sends these from now on, the picture from its next key frame; null for none. */
    public void show(@Nullable LiveTrack sound, @Nullable LiveTrack picture) {
        for (SubscribedSection section : sections) {
            LiveTrack wanted = section.video ? picture : sound;
            Forwarder forwarder = section.forwarder;
            if (section.track == wanted || forwarder == null) {
                continue;
            }
            if (section.track != null) {
                section.track.remove(forwarder);
                forwarder.target(null);
            }
            section.track = wanted;
            if (wanted != null) {
                wanted.add(forwarder);
            }
            path.changed();
        }
    }

    /** The most lines of which the viewer makes use; 0 if they do not see or hear the track. */
    public int viewedLines(LiveTrack track) {
        return sections.stream().anyMatch(section -> section.track == track) ? SubscribedSection.FULL : 0;
    }

    public void tick(long nowNanos) {
        transport.tick(nowNanos);
        for (SubscribedSection section : sections) {
            if (section.forwarder != null) {
                section.forwarder.tick();
            }
        }
        path.tick(sections, nowNanos);
    }

    @Override
    public void connected() {
        feedback.connected(sections);
    }

    @Override
    public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {
        // Who only watches has nothing to send.
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
        renumbering.apply(buffer);
        return transport.sendRtp(buffer, length);
    }

    @Override
    public void sendRtcp(List<? extends RtcpPacket> packets) {
        transport.sendRtcp(packets);
    }

    public void close() {
        show(null, null);
        transport.close();
    }

    @Override
    public void lost(String reason) {
        show(null, null);
        owner.watchingLost(this, reason);
    }
}
