package org.everytake.studio.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.everytake.call.Kind;
import org.everytake.call.Sink;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.studio.library.TakeFacts;
import org.everytake.tape.Event;
import org.everytake.tape.Mute;
import org.everytake.tape.Person;
import org.everytake.tape.Snapshot;
import org.everytake.tape.spool.Tape;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.RtpPacket;

/**
 * One recording's ears in one room: puts every packet, sender report and event on the tape as it comes. A track is a
 * take for as long as it is open and nothing of it is lost to the disk; its SSRC epochs are the take's streams.
 *
 * <p>Owned by the room's loop thread, and waits for nothing: the tape copies into memory and drops, counted, when that
 * is full. {@link #facts} may be read by another thread once the room has removed this sink.
 */
public final class Recorder implements Sink, TrackTakes.Watcher {

    /** What the recorder needs of its recording. Called on the loop thread: hand it on, never wait. */
    public interface Parent {
        void joined(String person, String name);

        /** The last person has left the room. */
        void deserted();

        /** A packet found no room in memory. */
        void dropped();

        /** Whether something that is sent is not recorded at the moment, because the disk does not take it. */
        void losing(boolean losing);

        /** Why the disk takes nothing, as a sentence. */
        String reason();
    }

    private final Tape tape;
    private final long zeroNanos;
    private final LongSupplier nanoClock;
    private final boolean picture;
    private final Parent parent;

    private final IdentityHashMap<Track, TrackTakes> open = new IdentityHashMap<>();
    private final Map<String, String> present = new LinkedHashMap<>();
    private final Set<Mute> muted = new LinkedHashSet<>();
    /** Those of the snapshot that the room has not named yet. */
    private final Set<String> expected = new LinkedHashSet<>();

    private final Map<String, String> everybody = new LinkedHashMap<>();
    private final List<TakeFacts> takes = new ArrayList<>();
    /** Tracks that nothing is recorded of. */
    private int lost;

    /**
     * @param snapshot the room as the journal's first event has it
     * @param zeroNanos the nano clock at stamp 0
     * @param nanoClock the one by which the call stamps arrivals
     * @param picture whether picture is recorded, or sound only
     */
    public Recorder(
            Tape tape, Snapshot snapshot, long zeroNanos, LongSupplier nanoClock, boolean picture, Parent parent) {
        this.tape = tape;
        this.zeroNanos = zeroNanos;
        this.nanoClock = nanoClock;
        this.picture = picture;
        this.parent = parent;
        for (Person person : snapshot.people()) {
            present.put(person.person(), person.name());
            expected.add(person.person());
        }
        everybody.putAll(present);
        muted.addAll(snapshot.mutes());
    }

    /**
     * The room tells its present state before the first packet: whoever left between the snapshot and then is gone.
     */
    private void caughtUp() {
        if (expected.isEmpty()) {
            return;
        }
        for (String person : expected) {
            present.remove(person);
            tape.record(now(), new Event.PersonLeft(person));
        }
        expected.clear();
    }

    @Override
    public void joined(String person, String name) {
        expected.remove(person);
        everybody.put(person, name);
        if (!name.equals(present.put(person, name))) {
            tape.record(now(), new Event.PersonJoined(person, name));
        }
        parent.joined(person, name);
    }

    @Override
    public void left(String person) {
        expected.remove(person);
        muted.removeIf(mute -> mute.person().equals(person));
        if (present.remove(person) != null) {
            tape.record(now(), new Event.PersonLeft(person));
        }
        if (present.isEmpty()) {
            parent.deserted();
        }
    }

    @Override
    public void muted(String person, Kind kind, boolean isMuted) {
        Mute mute = new Mute(person, TapeWords.kind(kind));
        boolean changed = isMuted ? muted.add(mute) : muted.remove(mute);
        if (changed) {
            tape.record(now(), new Event.SourceMuted(person, mute.kind(), isMuted));
        }
    }

    @Override
    public void opened(Track track) {
        if (!picture && track.kind().isVideo()) {
            return;
        }
        TrackTakes known = new TrackTakes(tape, track, this);
        open.put(track, known);
        known.open(now());
    }

    @Override
    public void described(Track track) {
        TrackTakes known = open.get(track);
        if (known != null) {
            known.described(now());
        }
    }

    @Override
    public void packet(Track track, Stream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
        caughtUp();
        TrackTakes known = open.get(track);
        if (known != null) {
            known.packet(stream, packet, extendedSequence, stamp(arrivalNanos));
        }
    }

    @Override
    public void senderReport(Track track, Stream stream, SenderReport report, long arrivalNanos) {
        TrackTakes known = open.get(track);
        if (known != null) {
            known.senderReport(stream, report, stamp(arrivalNanos));
        }
    }

    @Override
    public void closed(Track track, String reason) {
        TrackTakes known = open.remove(track);
        if (known != null) {
            long stamp = now();
            known.close(stamp, reason);
            takes.addAll(known.facts(stamp, reason));
        }
    }

    @Override
    public void dropped() {
        parent.dropped();
    }

    @Override
    public void lost() {
        if (lost++ == 0) {
            parent.losing(true);
        }
    }

    @Override
    public void begunAgain() {
        if (--lost == 0) {
            parent.losing(false);
        }
    }

    @Override
    public String reason() {
        return parent.reason();
    }

    /** What the recording consists of, its end taken for now. */
    TapeFacts facts() {
        long stamp = now();
        List<TakeFacts> all = new ArrayList<>(takes);
        open.values().forEach(known -> all.addAll(known.facts(stamp, "stopped")));
        all.sort(Comparator.comparingInt(TakeFacts::take));
        return new TapeFacts(everybody, all, stamp);
    }

    /** The stamp of this moment. */
    long now() {
        return stamp(nanoClock.getAsLong());
    }

    private long stamp(long nanos) {
        return nanos - zeroNanos;
    }
}
