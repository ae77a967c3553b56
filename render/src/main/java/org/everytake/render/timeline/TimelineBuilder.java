package org.everytake.render.timeline;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.everytake.render.Clip;
import org.everytake.render.Floor;
import org.everytake.render.Participant;
import org.everytake.render.RenderFault;
import org.everytake.render.Span;
import org.everytake.render.Timeline;
import org.everytake.render.Undecoded;
import org.everytake.render.clock.ClockMap;
import org.everytake.render.clock.ClockMaps;
import org.everytake.render.clock.StreamClock;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Source;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Timeline} of a tape. One thread. */
public final class TimelineBuilder {
    /** No message of the journal tells of round trips yet. */
    static final long LEAST_ROUND_TRIP_NANOS = 0;

    private final Instant zero;
    /** Whether it is found out who speaks. */
    private final boolean listens;

    private final Journal journal;
    private final Map<Integer, StreamWalk> walks = new TreeMap<>();
    private final Map<Integer, Source> sources = new HashMap<>();
    private final Map<Integer, Long> beganNanos = new HashMap<>();
    private List<StreamScan> scans = List.of();
    private List<ClockMap> clocks = List.of();

    TimelineBuilder(Event.RecordingStarted started, boolean listens) {
        this.zero = started.zero();
        this.listens = listens;
        journal = new Journal(started);
    }

    /**
     * @param wanted the sources that are read; where only what was recorded last says when the recording ended, all are
     * @param listens whether it is found out who speaks, and sound whose packets don't say how loud they are heard for it
     * @throws RenderFault if the tape cannot be read
     */
    public static Timeline build(RecordedTape tape, Predicate<Source> wanted, boolean listens) throws RenderFault {
        try {
            TimelineBuilder builder = new TimelineBuilder(tape.started(), listens);
            tape.journal().forEach(event -> builder.journal.hear(event.stampNanos(), event.event()));
            boolean ended = builder.journal.stoppedAt() != null;
            for (RecordedTake take : tape.takes()) {
                Source source = take.description().source();
                if (isPlaced(source) && (wanted.test(source) || !ended)) {
                    builder.add(
                            take.description(),
                            take.descriptions().getFirst().stampNanos(),
                            StreamWalk.over(take, builder.mutes(source), listens));
                }
            }
            builder.scans = builder.walks.values().stream()
                    .flatMap(walk -> walk.scans().stream())
                    .toList();
            return builder.timeline(ClockMaps.of(builder.streamClocks(), LEAST_ROUND_TRIP_NANOS));
        } catch (UncheckedIOException e) {
            throw new RenderFault("The tape cannot be read: " + e.getMessage(), e);
        }
    }

    Journal journal() {
        return journal;
    }

    /** Files that are played have no place yet. */
    static boolean isPlaced(Source source) {
        return source.kind() != Kind.MEDIA;
    }

    Supplier<List<Span>> mutes(Source source) {
        return () -> journal.mutes(source.person(), source.kind());
    }

    void add(TakeDescription take, long beganNanos, StreamWalk walk) {
        walks.put(take.take(), walk);
        sources.put(take.take(), take.source());
        this.beganNanos.put(take.take(), beganNanos);
    }

    @Nullable
    StreamWalk walk(int take) {
        return walks.get(take);
    }

    /** What is known by now of the streams' clocks; those of takes that came later follow the others. */
    List<StreamClock> streamClocks(List<StreamScan> inOrder) {
        scans = inOrder;
        return streamClocks();
    }

    private List<StreamClock> streamClocks() {
        return scans.stream()
                .map(scan -> scan.clock(sender(scan), journal.reports(scan.take(), scan.stream())))
                .toList();
    }

    /** The timeline by these maps, of the streams of {@link #streamClocks} in their order. */
    Timeline timeline(List<ClockMap> maps, long end) {
        clocks = maps;
        return timeline(end);
    }

    /** As {@link #timeline(List, long)}, of a recording that is over. */
    Timeline timeline(List<ClockMap> maps) {
        clocks = maps;
        return timeline(end());
    }

    private Timeline timeline(long end) {
        Map<String, String> names = new LinkedHashMap<>(journal.names());
        scans.forEach(
                scan -> names.putIfAbsent(scan.source().person(), scan.source().person()));
        List<Participant> people = new ArrayList<>();
        names.forEach((person, name) -> people.add(participant(person, name, end)));
        return new Timeline(journal.title(), zero, end, people, floors(people, end), journal.away());
    }

    private List<Floor> floors(List<Participant> people, long end) {
        // It takes a look at every tenth of a second, and while a recording goes on, anew for each piece.
        if (!listens) {
            return List.of();
        }
        Map<String, byte[]> levels = new LinkedHashMap<>();
        for (Participant person : people) {
            byte[] own = Floors.silence(end);
            for (int i = 0; i < scans.size(); i++) {
                StreamScan scan = scans.get(i);
                if (scan.source().kind() == Kind.MICROPHONE
                        && scan.source().person().equals(person.person())) {
                    scan.loud().addTo(own, clocks.get(i), person.muted());
                }
            }
            levels.put(person.person(), own);
        }
        return Floors.of(levels, end);
    }

    /** Over an interruption session time goes on by the wall clock, which is good for seconds, not for lip sync. */
    private String sender(StreamScan scan) {
        return scan.source().person() + '/' + journal.part(beganNanos(scan));
    }

    private long beganNanos(StreamScan scan) {
        return beganNanos.getOrDefault(scan.take(), 0L);
    }

    private long end() {
        Long stopped = journal.stoppedAt();
        if (stopped != null) {
            return stopped;
        }
        long newest = 0;
        for (int i = 0; i < scans.size(); i++) {
            newest = Math.max(newest, scans.get(i).endNanos(clocks.get(i)));
        }
        return newest > 0 ? newest : journal.newestStamp();
    }

    private Set<Undecoded> undecoded(String person) {
        Set<Undecoded> all = new LinkedHashSet<>();
        walks.forEach((take, walk) -> {
            Source source = sources.get(take);
            if (source != null && source.person().equals(person)) {
                walk.undecoded()
                        .forEach(name -> all.add(new Undecoded(source.kind(), name + ", which cannot be decoded")));
            }
        });
        return all;
    }

    private Participant participant(String person, String name, long end) {
        List<Clip> pictures = clips(person, Kind.CAMERA, end);
        List<Clip> screens = clips(person, Kind.SCREEN, end);
        List<Clip> sounds = clips(person, Kind.MICROPHONE, end);
        List<Span> present = journal.presence(person, end);
        if (!journal.names().containsKey(person)) {
            // the journal never heard of somebody who sent media: there while there is any
            List<Span> media = new ArrayList<>();
            pictures.forEach(clip -> media.addAll(clip.shown()));
            screens.forEach(clip -> media.addAll(clip.shown()));
            sounds.forEach(clip -> media.addAll(clip.shown()));
            present = Span.union(media);
        }
        Set<Undecoded> missing = new LinkedHashSet<>(undecoded(person));
        missing.addAll(unseen(person, Kind.CAMERA, pictures));
        missing.addAll(unseen(person, Kind.SCREEN, screens));
        return new Participant(
                person,
                name,
                present,
                journal.mutes(person, Kind.MICROPHONE, end),
                pictures,
                screens,
                sounds,
                List.copyOf(missing));
    }

    /** A layer without a whole picture matters only if there was none of another one either. */
    private List<Undecoded> unseen(String person, Kind kind, List<Clip> seen) {
        List<Undecoded> unseen = new ArrayList<>();
        for (StreamScan scan : scans) {
            if (scan.source().person().equals(person) && scan.source().kind() == kind) {
                String what = scan.unseen();
                if (what != null) {
                    unseen.add(new Undecoded(kind, what));
                } else if (scan.isWithoutPicture() && seen.isEmpty()) {
                    unseen.add(new Undecoded(kind, scan.format().coding() + " without a whole picture to begin with"));
                }
            }
        }
        return unseen;
    }

    private List<Clip> clips(String person, Kind kind, long end) {
        List<Integer> own = new ArrayList<>();
        List<Selection.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < scans.size(); i++) {
            StreamScan scan = scans.get(i);
            if (scan.source().person().equals(person) && scan.source().kind() == kind) {
                List<Span> held = scan.shown(clocks.get(i), journal.closedAt(scan.take(), beganNanos(scan)));
                List<Span> within = Span.intersect(Span.union(held), List.of(new Span(0, end)));
                own.add(i);
                candidates.add(new Selection.Candidate(scan.pixels(), scan.live(clocks.get(i)), within));
            }
        }
        List<List<Span>> shown = kind == Kind.MICROPHONE
                ? candidates.stream().map(Selection.Candidate::held).toList()
                : Selection.of(candidates);
        List<Clip> clips = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            if (!shown.get(i).isEmpty()) {
                clips.add(clip(scans.get(own.get(i)), clocks.get(own.get(i)), shown.get(i)));
            }
        }
        clips.sort(
                Comparator.comparingLong((Clip clip) -> clip.shown().getFirst().startNanos()));
        return clips;
    }

    private static Clip clip(StreamScan scan, ClockMap clock, List<Span> shown) {
        return new Clip(
                scan.take(), scan.stream(), scan.format(), clock, scan.keyFrames(clock), scan.turns(clock), shown);
    }
}
