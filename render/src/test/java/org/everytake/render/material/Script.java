package org.everytake.render.material;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.everytake.tape.Codec;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Mute;
import org.everytake.tape.Person;
import org.everytake.tape.Snapshot;
import org.everytake.tape.Source;
import org.everytake.tape.Stamped;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.sdp.ExtMap;

/** What happens in a recording, written down in any order; then put on a tape. */
public final class Script {
    /** The number of the header extension that says how pictures lie. */
    static final int ORIENTATION = 4;

    /** The number of the one that says how loud sound is. */
    static final int LEVEL = 1;

    private static final List<Codec> PICTURES = List.of(
            new Codec(96, "VP8", 90_000, 0, ""),
            new Codec(97, "rtx", 90_000, 0, "apt=96"),
            new Codec(98, "VP9", 90_000, 0, "profile-id=0"),
            new Codec(102, "H264", 90_000, 0, "packetization-mode=1"),
            new Codec(45, "AV1", 90_000, 0, ""),
            new Codec(49, "H265", 90_000, 0, ""));
    private static final List<Codec> SOUNDS = List.of(
            new Codec(63, "red", 48_000, 2, "111/111"),
            new Codec(111, "opus", 48_000, 2, "minptime=10;useinbandfec=1"),
            new Codec(0, "PCMU", 8_000, 1, ""),
            new Codec(8, "PCMA", 8_000, 1, ""),
            new Codec(9, "G722", 8_000, 1, ""));

    /** An event at its time. */
    record Act(long stampNanos, Event event) {}

    final Event.RecordingStarted started;
    final List<Act> acts = new ArrayList<>();
    final Map<Integer, TakeDescription> takes = new TreeMap<>();
    private final Map<Integer, List<TapeRecord>> records = new TreeMap<>();

    public Script(String title, List<Person> people, List<Mute> mutes) {
        started = new Event.RecordingStarted(
                "r1", "s1", title, Instant.parse("2026-11-02T10:00:00Z"), Snapshot.of(people, mutes));
    }

    public static Script of(String title, String... people) {
        List<Person> present = new ArrayList<>();
        for (String person : people) {
            present.add(new Person(person, Character.toUpperCase(person.charAt(0)) + person.substring(1)));
        }
        return new Script(title, present, List.of());
    }

    public static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    public Script at(double seconds, Event event) {
        acts.add(new Act(nanos(seconds), event));
        return this;
    }

    public Script joins(double seconds, String person, String name) {
        return at(seconds, new Event.PersonJoined(person, name));
    }

    public Script leaves(double seconds, String person) {
        return at(seconds, new Event.PersonLeft(person));
    }

    public Script mutes(double seconds, String person, Kind kind, boolean muted) {
        return at(seconds, new Event.SourceMuted(person, kind, muted));
    }

    public Script stops(double seconds) {
        return at(seconds, new Event.RecordingStopped("stop"));
    }

    /** The number of a payload in each take that may have it. */
    static int payloadType(String codec) {
        return Stream.concat(PICTURES.stream(), SOUNDS.stream())
                .filter(known -> known.name().equals(codec))
                .mapToInt(Codec::payloadType)
                .findFirst()
                .orElseThrow();
    }

    /** A new take; gives its number. */
    public int take(double seconds, String person, Kind kind) {
        int take = takes.size() + 1;
        TakeDescription description = new TakeDescription(
                take,
                new Source(person, kind, ""),
                kind == Kind.MICROPHONE ? SOUNDS : PICTURES,
                kind == Kind.MICROPHONE
                        ? Map.of(LEVEL, ExtMap.AUDIO_LEVEL)
                        : Map.of(ORIENTATION, ExtMap.VIDEO_ORIENTATION),
                List.of(
                        new StreamDescription(0, 1000 + take, String.valueOf(take), "h"),
                        new StreamDescription(1, 2000 + take, String.valueOf(take), "f")));
        takes.put(take, description);
        at(seconds, new Event.TakeOpened(take, description.source()));
        return take;
    }

    void packet(int take, int stream, long sequence, long stampNanos, byte[] bytes) {
        packets(take).add(new TapeRecord(stream, sequence, stampNanos, bytes, 0, bytes.length));
    }

    List<TapeRecord> packets(int take) {
        return records.computeIfAbsent(take, number -> new ArrayList<>());
    }

    public Script closes(double seconds, int take) {
        return at(seconds, new Event.TakeClosed(take, "left"));
    }

    List<Act> inOrder() {
        return acts.stream().sorted(Comparator.comparingLong(Act::stampNanos)).toList();
    }

    List<Stamped> journal() {
        List<Stamped> journal = new ArrayList<>();
        journal.add(new Stamped(0, 0, started));
        for (Act act : inOrder()) {
            journal.add(new Stamped(journal.size(), act.stampNanos(), act.event()));
        }
        return journal;
    }
}
