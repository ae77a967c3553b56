package org.everytake.studio.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.RtpPacket;

/**
 * One recording's ears in one room: puts every packet, sender report and event on the tape as it comes. A track is a
 * take for as long as it is open; its SSRC epochs are the take's streams.
 *
 * <p>Owned by the room's loop thread, and waits for nothing: the tape copies into memory and drops, counted, when that
 * is full. {@link #facts} may be read by another thread once the room has removed this sink.
 */
final class Recorder implements Sink {

    /** What the recorder needs of its recording. Called on the loop thread: hand it on, never wait. */
    interface Parent {
        void joined(String person, String name);

        /** The last person has left the room. */
        void deserted();

        /** A packet found no room in memory. */
        void dropped();
    }

    private final Tape tape;
    private final long zeroNanos;
    private final LongSupplier nanoClock;
    private final boolean picture;
    private final Parent parent;

    private final IdentityHashMap<Track, OpenTake> open = new IdentityHashMap<>();
    private final Map<String, String> present = new LinkedHashMap<>();
    private final Set<Mute> muted = new LinkedHashSet<>();
    /** Those of the snapshot that the room has not named yet. */
    private final Set<String> expected = new LinkedHashSet<>();

    private final Map<String, String> everybody = new LinkedHashMap<>();
    private final List<TakeFacts> takes = new ArrayList<>();

    private static final class OpenTake {
        final Take take;
        final long openedNanos;
        long packets;

        OpenTake(Take take, long openedNanos) {
            this.take = take;
            this.openedNanos = openedNanos;
        }
    }

    /**
     * @param snapshot the room as the journal's first event has it
     * @param zeroNanos the nano clock at stamp 0
     * @param nanoClock the one by which the call stamps arrivals
     * @param picture whether picture is recorded, or sound only
     */
    Recorder(Tape tape, Snapshot snapshot, long zeroNanos, LongSupplier nanoClock, boolean picture, Parent parent) {
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
        long stamp = now();
        Take take = tape.open(stamp, TapeWords.description(tape.nextTake(), track));
        open.put(track, new OpenTake(take, stamp));
    }

    @Override
    public void described(Track track) {
        OpenTake known = open.get(track);
        if (known != null) {
            known.take.describe(now(), TapeWords.description(known.take.number(), track));
        }
    }

    @Override
    public void packet(Track track, Stream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
        caughtUp();
        OpenTake known = open.get(track);
        if (known != null) {
            long position = known.take.append(
                    stream.index(),
                    extendedSequence,
                    stamp(arrivalNanos),
                    packet.buffer(),
                    packet.offset(),
                    packet.length());
            if (position != Take.DROPPED) {
                known.packets++;
            } else {
                parent.dropped();
            }
        }
    }

    @Override
    public void senderReport(Track track, Stream stream, SenderReport report, long arrivalNanos) {
        OpenTake known = open.get(track);
        if (known != null) {
            tape.record(
                    stamp(arrivalNanos),
                    new Event.SenderReported(
                            known.take.number(),
                            stream.index(),
                            report.ntpTime(),
                            report.rtpTimestamp(),
                            report.packetCount(),
                            report.octetCount()));
        }
    }

    @Override
    public void closed(Track track, String reason) {
        OpenTake known = open.remove(track);
        if (known != null) {
            long stamp = now();
            known.take.close(stamp, reason);
            takes.add(fact(track, known, stamp, reason));
        }
    }

    /** What the recording consists of, its end taken for now. */
    TapeFacts facts() {
        long stamp = now();
        List<TakeFacts> all = new ArrayList<>(takes);
        open.forEach((track, known) -> all.add(fact(track, known, stamp, "stopped")));
        all.sort(Comparator.comparingInt(TakeFacts::take));
        return new TapeFacts(everybody, all, stamp);
    }

    private static TakeFacts fact(Track track, OpenTake known, long closedNanos, String reason) {
        return new TakeFacts(
                known.take.number(),
                track.person(),
                track.kind().name().toLowerCase(Locale.ROOT),
                "",
                known.openedNanos / 1_000_000,
                closedNanos / 1_000_000,
                reason,
                known.packets,
                known.take.dropped());
    }

    /** The stamp of this moment. */
    long now() {
        return stamp(nanoClock.getAsLong());
    }

    private long stamp(long nanos) {
        return nanos - zeroNanos;
    }
}
