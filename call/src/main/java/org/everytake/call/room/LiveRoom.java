package org.everytake.call.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.Demand;
import org.everytake.call.Kind;
import org.everytake.call.OfferedTrack;
import org.everytake.call.PersonState;
import org.everytake.call.Refused;
import org.everytake.call.RoomListener;
import org.everytake.call.RoomListener.Path;
import org.everytake.call.Sink;
import org.everytake.call.Viewed;
import org.everytake.call.media.InboundStream;
import org.everytake.call.media.LiveTrack;
import org.everytake.call.media.Publication;
import org.everytake.call.media.Subscription;
import org.everytake.call.sdp.PublishOffer;
import org.everytake.call.sdp.WatchOffer;
import org.everytake.call.transport.Transports;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A room on its loop, to whose thread all of it belongs: brings together who sends and who hears. */
final class LiveRoom implements Publication.Owner, Subscription.Owner {
    private static final Logger log = LoggerFactory.getLogger(LiveRoom.class);

    /** How often it is looked at who speaks and what is seen. */
    private static final long LOOK_NANOS = 300_000_000L;

    private final String session;
    private final CallOptions options;
    private final Transports transports;
    private final LongSupplier trackNumbers;
    private final Announcer.Factory announcers;
    private final People people = new People();
    private final Map<LiveTrack, Person> tracks = new LinkedHashMap<>();
    private final Sinks sinks;
    private final ActiveSpeaker speaker = new ActiveSpeaker();
    private final Viewers viewers;
    private boolean closed;
    private long nowNanos;
    private long nextLookNanos;

    LiveRoom(
            String session,
            CallOptions options,
            Transports transports,
            LongSupplier trackNumbers,
            Announcer.Factory announcers,
            long nowNanos) {
        this.session = session;
        this.options = options;
        this.transports = transports;
        this.trackNumbers = trackNumbers;
        this.announcers = announcers;
        this.sinks = new Sinks(transports.counters());
        this.viewers = new Viewers(transports);
        this.nowNanos = nowNanos;
        this.nextLookNanos = nowNanos;
    }

    List<PersonState> people() {
        return people.states();
    }

    int size() {
        return people.size();
    }

    List<PersonState> join(String id, String name, RoomListener listener) throws Refused {
        if (closed) {
            throw new Refused("room-closed", "The session has ended.");
        }
        Person person = people.find(id);
        if (person == null) {
            if (people.size() >= options.peoplePerRoom()) {
                throw new Refused("room-full", "The session is full.");
            }
            person = new Person(id, name, announcers.announcer(listener));
            people.add(person);
        } else {
            person.name = name;
            person.viewed = null;
            person.announcer = announcers.announcer(listener);
        }
        log.info("session {}: {} joined", session, id);
        sinks.each(sink -> sink.joined(id, name));
        people.tellOf(person, person);
        subscribe(person);
        return people();
    }

    /** A new subscription to all that the others send, in place of the one that there may be. */
    private void subscribe(Person person) {
        long lastSerial = 0;
        Subscription former = person.subscription;
        if (former != null) {
            lastSerial = former.serial();
            former.close();
        }
        var subscription = new Subscription(this, transports, lastSerial);
        person.subscription = subscription;
        tracks.forEach((track, sender) -> {
            if (sender != person) {
                subscription.add(track, nowNanos);
            }
        });
    }

    void leave(String id) {
        leave(id, "left");
    }

    private void leave(String id, String reason) {
        Person person = people.find(id);
        if (person == null) {
            return;
        }
        log.info("session {}: {} left", session, id);
        if (person.subscription != null) {
            person.subscription.close();
            person.subscription = null;
        }
        Publication publication = person.publication;
        person.publication = null;
        if (publication != null) {
            publication.close(reason);
        }
        people.remove(id);
        sinks.each(sink -> sink.left(id));
        people.tell(null, listener -> listener.left(id));
    }

    String publish(String id, String offerSdp, Map<String, Kind> kinds) throws Refused {
        Person person = people.present(id);
        PublishOffer offer;
        try {
            offer = PublishOffer.parse(offerSdp);
        } catch (Refused e) {
            transports.counters().count(Counter.SDP_REFUSED);
            throw e;
        }
        Publication publication = person.publication;
        if (publication == null || !publication.isSameConnection(offer)) {
            person.publication = null;
            if (publication != null) {
                publication.close("replaced");
            }
            publication = new Publication(id, this, transports, options.maximumVideoBitsPerSecond());
            person.publication = publication;
        }
        return publication.offer(offer, kinds);
    }

    /** Those who watch without being in the room. */
    Set<String> viewers() {
        return viewers.ids();
    }

    String watch(String viewer, String offerSdp, Optional<String> person) throws Refused {
        if (closed) {
            throw new Refused("room-closed", "The session has ended.");
        }
        try {
            String answer = viewers.watch(viewer, WatchOffer.parse(offerSdp), person);
            look();
            return answer;
        } catch (Refused e) {
            transports.counters().count(Counter.SDP_REFUSED);
            throw e;
        }
    }

    void unwatch(String viewer) {
        viewers.unwatch(viewer);
    }

    private void look() {
        viewers.look(tracks.keySet(), speaker.speaker());
    }

    void subscribed(String id, long serial, String answerSdp) throws Refused {
        Subscription subscription = people.present(id).subscription;
        if (subscription == null) {
            throw new Refused("unknown-serial", "There is no subscription.");
        }
        try {
            subscription.answered(serial, answerSdp);
        } catch (Refused e) {
            transports.counters().count(Counter.SDP_REFUSED);
            throw e;
        }
    }

    void mute(String id, Kind kind, boolean muted) throws Refused {
        Person person = people.present(id);
        if (muted ? person.muted.add(kind) : person.muted.remove(kind)) {
            sinks.each(sink -> sink.muted(id, kind, muted));
            people.tellOf(person, null);
        }
    }

    void view(String id, List<Viewed> viewed) throws Refused {
        Person person = people.present(id);
        person.viewed = viewed;
        if (person.subscription != null) {
            person.subscription.view(person::viewedLines);
        }
    }

    void add(Sink sink) {
        if (!sinks.add(sink)) {
            return;
        }
        for (Person person : people.all()) {
            sinks.one(sink, s -> s.joined(person.id, person.name));
            person.muted.forEach(kind -> sinks.one(sink, s -> s.muted(person.id, kind, true)));
        }
        for (LiveTrack track : tracks.keySet()) {
            sinks.one(sink, s -> s.opened(track.track()));
            for (InboundStream stream : track.streams()) {
                SenderReport report = stream.lastReport();
                if (report != null) {
                    sinks.one(
                            sink,
                            s -> s.senderReport(track.track(), stream.stream(), report, stream.lastReportNanos()));
                }
            }
        }
        requestKeyFrames();
    }

    void remove(Sink sink) {
        sinks.remove(sink);
    }

    void requestKeyFrames() {
        tracks.keySet().forEach(LiveTrack::wantKeyFrame);
    }

    void close(String reason) {
        closed = true;
        for (Person person : List.copyOf(people.all())) {
            leave(person.id, reason);
        }
        viewers.close();
    }

    void tick(long now) {
        nowNanos = now;
        for (Person person : List.copyOf(people.all())) {
            person.tick(now);
        }
        viewers.tick(now);
        if (now >= nextLookNanos) {
            nextLookNanos = now + LOOK_NANOS;
            demand();
            listen();
        }
    }

    /** Tells who sends videos what of them is wanted. */
    private void demand() {
        for (Person person : people.all()) {
            if (person.publication == null) {
                continue;
            }
            List<Demand> wanted = new ArrayList<>();
            for (LiveTrack track : person.publication.tracks()) {
                if (track.track().kind().isVideo()) {
                    wanted.add(
                            new Demand(track.track().mid(), track.needed(viewedLines(track), isRecording(), nowNanos)));
                }
            }
            List<Demand> news = person.demands.due(wanted, nowNanos);
            if (news != null) {
                person.announcer.tell(listener -> listener.demand(news));
            }
        }
    }

    /** The most that anybody sees of a track. */
    private int viewedLines(LiveTrack track) {
        int most = viewers.viewedLines(track);
        for (Person person : people.all()) {
            most = person.subscription == null ? most : Math.max(most, person.subscription.viewedLines(track));
        }
        return most;
    }

    /** Tells who speaks. */
    private void listen() {
        Map<String, Double> decibels = new HashMap<>();
        tracks.forEach((track, sender) -> {
            if (track.track().kind() == Kind.MICROPHONE && !sender.muted.contains(Kind.MICROPHONE)) {
                decibels.merge(sender.id, track.loudness().decibels(nowNanos), Math::max);
            }
        });
        if (speaker.changes(decibels, nowNanos)) {
            String now = speaker.speaker();
            people.tell(null, listener -> listener.speaker(now));
            look();
        }
    }

    @Override
    public long nextTrackNumber() {
        return trackNumbers.getAsLong();
    }

    @Override
    public boolean isRecording() {
        return !sinks.isEmpty();
    }

    @Override
    public void opened(LiveTrack track) {
        Person sender = people.find(track.track().person());
        if (sender == null) {
            throw new IllegalStateException("a track of somebody who is not here: " + track.track());
        }
        log.info("session {}: {} opened", session, track.track());
        tracks.put(track, sender);
        sinks.each(sink -> sink.opened(track.track()));
        for (Person person : people.all()) {
            if (person != sender && person.subscription != null) {
                person.subscription.add(track, nowNanos);
            }
        }
        look();
        people.tellOf(sender, null);
    }

    @Override
    public void described(LiveTrack track) {
        sinks.each(sink -> sink.described(track.track()));
    }

    @Override
    public void packet(
            LiveTrack track, InboundStream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
        boolean startsKeyFrame = track.arrived(stream, packet, arrivalNanos);
        if (!sinks.isEmpty() && track.isRecorded(stream, startsKeyFrame, arrivalNanos)) {
            sinks.packet(track.track(), stream.stream(), packet, extendedSequence, arrivalNanos);
        }
        int copies = track.forward(stream, packet, startsKeyFrame, extendedSequence, arrivalNanos);
        transports.delay().forwarded(arrivalNanos, copies);
    }

    @Override
    public void senderReport(LiveTrack track, InboundStream stream, SenderReport report, long arrivalNanos) {
        sinks.each(sink -> sink.senderReport(track.track(), stream.stream(), report, arrivalNanos));
        track.forward(stream, report);
    }

    @Override
    public void closed(LiveTrack track, String reason) {
        Person sender = tracks.remove(track);
        if (sender == null) {
            return;
        }
        log.info(
                "session {}: {} closed ({}), {} packets given up, {} key frames asked for",
                session,
                track.track(),
                reason,
                track.givenUp(),
                track.keyFramesRequested());
        sinks.each(sink -> sink.closed(track.track(), reason));
        for (Person person : people.all()) {
            if (person.subscription != null) {
                person.subscription.remove(track, nowNanos);
            }
        }
        look();
        people.tellOf(sender, null);
    }

    @Override
    public void publicationLost(Publication publication, String reason) {
        for (Person person : people.all()) {
            if (person.publication == publication) {
                person.publication = null;
                lost(person, Path.PUBLISH, reason);
            }
        }
    }

    @Override
    public void offer(Subscription subscription, long serial, String sdp, List<OfferedTrack> tracksOffered) {
        Person person = whose(subscription);
        if (person != null) {
            person.announcer.tell(listener -> listener.subscribe(serial, sdp, tracksOffered));
        }
    }

    @Override
    public void subscriptionLost(Subscription subscription, String reason) {
        Person person = whose(subscription);
        if (person != null) {
            lost(person, Path.SUBSCRIBE, reason);
            // A peer that still listens to us gets an offer of a new connection.
            subscribe(person);
        }
    }

    private void lost(Person person, Path path, String reason) {
        log.info("session {}: {} lost the path to {}: {}", session, person.id, path, reason);
        person.announcer.tell(listener -> listener.pathLost(path, reason));
    }

    private @Nullable Person whose(Subscription subscription) {
        for (Person person : people.all()) {
            if (person.subscription == subscription) {
                return person;
            }
        }
        return null;
    }
}
