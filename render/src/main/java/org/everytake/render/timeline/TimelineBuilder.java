package org.everytake.render.timeline;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.render.Clip;
import org.everytake.render.Participant;
import org.everytake.render.RenderFault;
import org.everytake.render.Span;
import org.everytake.render.Timeline;
import org.everytake.render.Undecoded;
import org.everytake.render.clock.ClockMap;
import org.everytake.render.clock.ClockMaps;
import org.everytake.tape.Kind;
import org.everytake.tape.Source;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;

/** Makes a {@link Timeline} of a tape. Used once, by one thread. */
public final class TimelineBuilder {
    /** No message of the journal tells of round trips yet. */
    private static final long LEAST_ROUND_TRIP_NANOS = 0;

    private final Journal journal;
    private final List<StreamScan> scans = new ArrayList<>();
    private final Map<Integer, Long> beganNanos = new HashMap<>();
    private final Map<String, Set<Undecoded>> undecoded = new HashMap<>();
    private List<ClockMap> clocks = List.of();

    private TimelineBuilder(RecordedTape tape) {
        journal = Journal.of(tape.started(), tape.journal());
        for (RecordedTake take : tape.takes()) {
            scan(take);
        }
    }

    /** @throws RenderFault if the tape cannot be read */
    public static Timeline build(RecordedTape tape) throws RenderFault {
        try {
            return new TimelineBuilder(tape).build();
        } catch (UncheckedIOException e) {
            throw new RenderFault("The tape cannot be read: " + e.getMessage(), e);
        }
    }

    private void scan(RecordedTake take) {
        Source source = take.description().source();
        if (source.kind() == Kind.MEDIA) {
            return; // files that are played have no place yet
        }
        beganNanos.put(take.number(), take.descriptions().getFirst().stampNanos());
        StreamWalk walk = new StreamWalk(take, journal.mutes(source.person(), source.kind(), Long.MAX_VALUE));
        scans.addAll(walk.scans());
        walk.undecoded()
                .forEach(name -> undecoded
                        .computeIfAbsent(source.person(), person -> new LinkedHashSet<>())
                        .add(new Undecoded(source.kind(), name)));
    }

    private Timeline build() {
        clocks = ClockMaps.of(
                scans.stream()
                        .map(scan -> scan.clock(sender(scan), journal.reports(scan.take(), scan.stream())))
                        .toList(),
                LEAST_ROUND_TRIP_NANOS);
        long end = end();
        Map<String, String> names = new LinkedHashMap<>(journal.names());
        scans.forEach(
                scan -> names.putIfAbsent(scan.source().person(), scan.source().person()));
        List<Participant> people = new ArrayList<>();
        names.forEach((person, name) -> people.add(participant(person, name, end)));
        return new Timeline(journal.title(), end, people);
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
        List<Undecoded> missing = List.copyOf(undecoded.getOrDefault(person, Set.of()));
        return new Participant(person, name, present, pictures, screens, sounds, missing);
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
