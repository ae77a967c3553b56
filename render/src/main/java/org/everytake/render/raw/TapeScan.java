package org.everytake.render.raw;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.render.clock.ClockMap;
import org.everytake.render.clock.ClockMaps;
import org.everytake.tape.Codec;
import org.everytake.tape.Event;
import org.everytake.tape.Person;
import org.everytake.tape.Source;
import org.everytake.tape.Stamped;
import org.everytake.tape.read.Damage;
import org.everytake.tape.read.Interruption;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;

/** Walks over a tape once, and makes the index of its archive of what it finds. Used once, by one thread. */
final class TapeScan {
    /** No message of the journal tells of round trips yet. */
    private static final long LEAST_ROUND_TRIP_NANOS = 0;

    /** A stream of a take. */
    private record StreamId(int take, int stream) {}

    /** A stream that is walked over, which makes a file for each codec in it. */
    private static final class Stream implements MediaPackets.Keeper {
        final RecordedTake take;
        final int number;
        final Map<String, Long> leftOut = new TreeMap<>();
        final Map<Integer, FileScan> files = new LinkedHashMap<>();
        private final Instant zero;
        private boolean any;
        private long before;

        Stream(RecordedTake take, int number, Instant zero) {
            this.take = take;
            this.number = number;
            this.zero = zero;
        }

        @Override
        public void keep(Codec codec, MediaPackets.Media media) throws IOException {
            files.computeIfAbsent(codec.payloadType(), type -> new FileScan(take, number, codec, zero))
                    .take(media, any ? before : media.sequence());
            passed(media.sequence());
        }

        @Override
        public void leftOut(String what, long sequence) {
            leftOut.merge(what, 1L, Long::sum);
            passed(sequence);
        }

        private void passed(long sequence) {
            before = sequence;
            any = true;
        }
    }

    private final RecordedTape tape;
    private final Pace pace;
    private final Map<String, String> people = new LinkedHashMap<>();
    private final Map<StreamId, List<RawFile.Reported>> reports = new HashMap<>();
    private final Map<StreamId, Long> dropped = new HashMap<>();
    private final List<Stream> streams = new ArrayList<>();
    private final List<Interruption> interruptions;
    private final Map<Integer, List<String>> damage = new HashMap<>();
    private long newestNanos;
    private boolean stopped;

    TapeScan(RecordedTape tape, Pace pace) {
        this.tape = tape;
        this.pace = pace;
        this.interruptions = Interruption.of(tape.journal());
    }

    RawInfo scan() throws IOException {
        tape.started().snapshot().people().forEach(this::meet);
        tape.journal().forEach(this::hear);
        List<RecordedTake> takes = tape.takes();
        for (int i = 0; i < takes.size(); i++) {
            walk(takes.get(i));
            pace.at((i + 1.0) / takes.size());
        }
        RawNames names = new RawNames(people);
        List<RawFile> files = files(names);
        for (RawFile file : files) {
            if (!stopped) {
                newestNanos = Math.max(newestNanos, file.scan().last().arrivalNanos());
            }
        }
        return new RawInfo(tape.started(), newestNanos, people, interruptions, names, files, sentences(tape.damage()));
    }

    private void meet(Person person) {
        people.put(person.person(), person.name());
    }

    private void hear(Stamped stamped) {
        if (!stopped) {
            newestNanos = Math.max(newestNanos, stamped.stampNanos());
        }
        switch (stamped.event()) {
            case Event.RecordingStarted started -> started.snapshot().people().forEach(this::meet);
            case Event.PersonJoined joined -> people.put(joined.person(), joined.name());
            case Event.SenderReported report ->
                reports.computeIfAbsent(new StreamId(report.take(), report.stream()), id -> new ArrayList<>())
                        .add(new RawFile.Reported(stamped.stampNanos(), report));
            case Event.PacketsDropped lost ->
                dropped.merge(new StreamId(lost.take(), lost.stream()), lost.count(), Long::sum);
            case Event.TakeOpened opened -> stopped = false;
            case Event.RecordingStopped end -> stopped = true;
            default -> {}
        }
    }

    private void walk(RecordedTake take) throws IOException {
        Source source = take.description().source();
        people.putIfAbsent(source.person(), source.person());
        Map<Integer, Stream> found = new TreeMap<>();
        Map<Integer, MediaPackets> packets = new HashMap<>();
        for (TapeRecord record : take.records()) {
            MediaPackets of = packets.get(record.stream());
            if (of == null) {
                Stream stream = new Stream(take, record.stream(), tape.started().zero());
                of = new MediaPackets(take.description(), stream);
                found.put(record.stream(), stream);
                packets.put(record.stream(), of);
            }
            of.accept(record);
            pace.step();
        }
        damage.put(take.number(), sentences(take.damage()));
        streams.addAll(found.values());
    }

    private List<RawFile> files(RawNames names) throws IOException {
        List<FileScan> scans = streams.stream()
                .map(stream -> stream.files.values())
                .flatMap(Collection::stream)
                .toList();
        List<ClockMap> clocks = ClockMaps.of(
                scans.stream()
                        .map(scan -> scan.clock(
                                sender(scan),
                                reports(id(scan)).stream()
                                        .map(RawFile.Reported::forClock)
                                        .toList()))
                        .toList(),
                LEAST_ROUND_TRIP_NANOS);
        List<RawFile> files = new ArrayList<>();
        for (Stream stream : streams) {
            for (FileScan scan : stream.files.values()) {
                Source source = scan.description().source();
                files.add(new RawFile(
                        names.next(source.person(), source.kind()),
                        scan,
                        scan.measured(),
                        clocks.get(files.size()),
                        damage.getOrDefault(stream.take.number(), List.of()),
                        stream.leftOut,
                        dropped.getOrDefault(id(scan), 0L),
                        reports(id(scan))));
            }
        }
        return files;
    }

    /** A sender's clock is not compared across an interruption, over which session time goes on by the wall clock. */
    private String sender(FileScan scan) {
        long began = scan.recorded().descriptions().getFirst().stampNanos();
        long part =
                interruptions.stream().filter(one -> one.fromNanos() < began).count();
        return scan.description().source().person() + '/' + part;
    }

    private static StreamId id(FileScan scan) {
        return new StreamId(scan.recorded().number(), scan.stream());
    }

    private List<RawFile.Reported> reports(StreamId stream) {
        return reports.getOrDefault(stream, List.of());
    }

    private static List<String> sentences(List<Damage> damage) {
        return damage.stream().map(TapeScan::sentence).toList();
    }

    private static String sentence(Damage damage) {
        String what = damage.what();
        return damage.segment().isEmpty()
                ? what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + "."
                : "Segment " + damage.segment() + ", at byte " + damage.offset() + ": " + what + ".";
    }
}
