package org.everytake.render.timeline;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.everytake.render.Clip;
import org.everytake.render.Participant;
import org.everytake.render.RenderFault;
import org.everytake.render.Span;
import org.everytake.render.Timeline;
import org.everytake.render.clock.ClockMap;
import org.everytake.render.clock.ClockMaps;
import org.everytake.render.clock.StreamClock;
import org.everytake.tape.Codec;
import org.everytake.tape.Kind;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;

/** Makes a {@link Timeline} of a tape. Used once, by one thread. */
public final class TimelineBuilder {
    /** No message of the journal tells of round trips yet. */
    private static final long LEAST_ROUND_TRIP_NANOS = 0;

    private final Journal journal;
    private final List<StreamScan> scans = new ArrayList<>();
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
        TakeDescription description = take.description();
        Optional<Codec> codec = codec(description);
        if (codec.isEmpty()) {
            return;
        }
        List<Span> mutes = journal.mutes(
                description.source().person(), description.source().kind(), Long.MAX_VALUE);
        for (StreamDescription stream : description.streams()) {
            StreamScan scan = new StreamScan(take.number(), stream.stream(), description.source(), codec.get(), mutes);
            scan.walk(take.records(stream.stream()).iterator());
            scans.add(scan);
        }
    }

    /** The codec that is decoded: VP8 of a camera, Opus of a microphone. Other kinds and codecs have no place yet. */
    private static Optional<Codec> codec(TakeDescription description) {
        String wanted = description.source().kind() == Kind.CAMERA
                ? "vp8"
                : description.source().kind() == Kind.MICROPHONE ? "opus" : "";
        return description.codecs().stream()
                .filter(codec -> codec.name().toLowerCase(Locale.ROOT).equals(wanted) && codec.clockRate() > 0)
                .findFirst();
    }

    private Timeline build() {
        clocks = ClockMaps.of(
                scans.stream()
                        .map(scan -> new StreamClock(
                                scan.source().person(), scan.arrivals(), journal.reports(scan.take(), scan.stream())))
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
        List<Clip> sounds = clips(person, Kind.MICROPHONE, end);
        List<Span> present = journal.presence(person, end);
        if (!journal.names().containsKey(person)) {
            // the journal never heard of somebody who sent media: there while there is any
            List<Span> media = new ArrayList<>();
            pictures.forEach(clip -> media.addAll(clip.shown()));
            sounds.forEach(clip -> media.addAll(clip.shown()));
            present = Span.union(media);
        }
        return new Participant(person, name, present, pictures, sounds);
    }

    /** The larger of two layers wins where both are there. */
    private List<Clip> clips(String person, Kind kind, long end) {
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < scans.size(); i++) {
            if (scans.get(i).source().person().equals(person)
                    && scans.get(i).source().kind() == kind) {
                own.add(i);
            }
        }
        own.sort(Comparator.comparingLong((Integer i) -> -scans.get(i).pixels()));
        List<Clip> clips = new ArrayList<>();
        List<Span> taken = new ArrayList<>();
        for (int i : own) {
            StreamScan scan = scans.get(i);
            ClockMap clock = clocks.get(i);
            List<Span> shown = Span.intersect(
                    Span.union(scan.shown(clock, journal.closedAt(scan.take()))), List.of(new Span(0, end)));
            if (scan.isPicture()) {
                shown = Span.subtract(shown, taken);
            }
            taken.addAll(shown);
            if (!shown.isEmpty()) {
                clips.add(new Clip(
                        scan.take(), scan.stream(), scan.codec().payloadType(), clock, scan.keyFrames(clock), shown));
            }
        }
        clips.sort(
                Comparator.comparingLong((Clip clip) -> clip.shown().getFirst().startNanos()));
        return clips;
    }
}
