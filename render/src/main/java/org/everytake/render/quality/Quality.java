package org.everytake.render.quality;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.everytake.render.Coding;
import org.everytake.render.Format;
import org.everytake.render.Progress;
import org.everytake.render.clock.ClockMap;
import org.everytake.render.clock.ClockMaps;
import org.everytake.render.clock.Report;
import org.everytake.render.clock.Residual;
import org.everytake.render.clock.StreamClock;
import org.everytake.render.raw.JsonWriter;
import org.everytake.tape.Codec;
import org.everytake.tape.Event;
import org.everytake.tape.Source;
import org.everytake.tape.Stamped;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.Damage;
import org.everytake.tape.read.Interruption;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;

/**
 * How well a recording came across, as {@code quality.json}: of each track what was lost before and after repair, where, what
 * stood still, and how its clock ran. docs/formats.md says what each field means. The same tape gives the same bytes.
 */
public final class Quality {
    private static final int VERSION = 1;
    private static final int PAYLOAD_TYPES = 128;
    private static final int STEPS = 256;

    /** No message of the journal tells of round trips yet. */
    private static final long LEAST_ROUND_TRIP_NANOS = 0;

    /** A stream of a take. */
    private record StreamId(int take, int stream) {}

    private final RecordedTape tape;
    private final Progress progress;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<StreamId, List<Report>> reports = new HashMap<>();
    private final Map<StreamId, Long> dropped = new HashMap<>();
    private final List<Interruption> interruptions;
    private final List<TrackScan> tracks = new ArrayList<>();
    private final List<StreamClock> clocks;
    private final List<ClockMap> maps;
    private final List<String> damage;
    private long durationNanos;
    private int steps;

    private Quality(RecordedTape tape, Progress progress) {
        this.tape = tape;
        this.progress = progress;
        this.interruptions = Interruption.of(tape.journal());
        tape.started().snapshot().people().forEach(person -> names.put(person.person(), person.name()));
        tape.journal().forEach(this::hear);
        List<RecordedTake> takes = tape.takes();
        for (int i = 0; i < takes.size(); i++) {
            walk(takes.get(i));
            progress.at((i + 1.0) / takes.size());
        }
        this.clocks = tracks.stream()
                .map(track -> track.clock(
                        sender(track.take()),
                        reports.getOrDefault(new StreamId(track.take().number(), track.stream()), List.of())))
                .toList();
        this.maps = ClockMaps.of(clocks, LEAST_ROUND_TRIP_NANOS);
        this.damage = tape.damage().stream().map(Quality::sentence).toList();
    }

    /**
     * Reads the tape once.
     *
     * @throws IOException if a segment cannot be read
     * @throws CancellationException if {@code progress} says so
     */
    public static Quality of(RecordedTape tape, Progress progress) throws IOException {
        try {
            return new Quality(tape, progress);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** How long the recording lasted. */
    public long durationNanos() {
        return durationNanos;
    }

    /** What of the tape cannot be read, a sentence each. */
    public List<String> damage() {
        return damage;
    }

    private static String sentence(Damage one) {
        return one.segment().isEmpty() ? one.what() : "Segment " + one.segment() + ": " + one.what();
    }

    private void hear(Stamped stamped) {
        durationNanos = Math.max(durationNanos, stamped.stampNanos());
        switch (stamped.event()) {
            case Event.PersonJoined joined -> names.put(joined.person(), joined.name());
            case Event.SenderReported report ->
                reports.computeIfAbsent(new StreamId(report.take(), report.stream()), id -> new ArrayList<>())
                        .add(new Report(stamped.stampNanos(), report.ntp64(), report.rtpTimestamp()));
            case Event.PacketsDropped lost ->
                dropped.merge(new StreamId(lost.take(), lost.stream()), lost.count(), Long::sum);
            default -> {}
        }
    }

    private void walk(RecordedTake take) {
        TakeDescription description = take.description();
        Map<Integer, Format> formats = formats(description);
        description.streams().forEach(stream -> walk(take, stream.stream(), formats));
    }

    private void walk(RecordedTake take, int stream, Map<Integer, Format> formats) {
        TrackScan[] scans = new TrackScan[PAYLOAD_TYPES];
        long before = -1;
        for (TapeRecord record : take.records(stream)) {
            step();
            long missing = before < 0 ? 0 : record.sequence() - before - 1;
            before = record.sequence();
            Format format =
                    record.length() < 2 ? null : formats.get(record.buffer()[record.offset() + 1] & PAYLOAD_TYPES - 1);
            if (format != null) {
                TrackScan scan = scans[format.payloadType()];
                if (scan == null) {
                    scan = new TrackScan(take, stream, format);
                    scans[format.payloadType()] = scan;
                    tracks.add(scan);
                }
                scan.take(record, missing);
            }
        }
        tracks.removeIf(TrackScan::isEmpty);
    }

    private void step() {
        if (++steps % STEPS == 0 && progress.cancelled()) {
            throw new CancellationException("Cancelled");
        }
    }

    private static Map<Integer, Format> formats(TakeDescription description) {
        Map<Integer, Format> formats = new HashMap<>();
        for (Codec codec : description.codecs()) {
            Optional<Coding> coding = Coding.of(codec.name());
            if (coding.isEmpty() || codec.clockRate() <= 0) {
                continue;
            }
            int red = coding.get().isPicture()
                    ? -1
                    : description.codecs().stream()
                            .filter(other ->
                                    other.name().equalsIgnoreCase("red") && other.clockRate() == codec.clockRate())
                            .mapToInt(Codec::payloadType)
                            .findFirst()
                            .orElse(-1);
            Format format = new Format(coding.get(), codec.clockRate(), codec.payloadType(), red, codec.fmtp());
            formats.put(codec.payloadType(), format);
            if (red >= 0) {
                formats.putIfAbsent(red, format);
            }
        }
        return formats;
    }

    /** A sender's clock is not compared across an interruption, over which session time goes on by the wall clock. */
    private String sender(RecordedTake take) {
        long began = take.descriptions().getFirst().stampNanos();
        long part =
                interruptions.stream().filter(one -> one.fromNanos() < began).count();
        return take.description().source().person() + '/' + part;
    }

    /** Writes it, and leaves {@code out} open. */
    public void write(OutputStream out) throws IOException {
        JsonWriter json = new JsonWriter(out);
        json.object();
        json.name("format").value("everytake-quality");
        json.name("version").value(VERSION);
        json.name("session").value(tape.started().session());
        json.name("recording").value(tape.started().recording());
        json.name("title").value(tape.started().title());
        json.name("zero").value(tape.started().zero().toString());
        json.name("durationNanos").value(durationNanos);
        json.name("interruptions").array();
        for (Interruption one : interruptions) {
            span(json, one.fromNanos(), one.toNanos()).end();
        }
        json.end();
        json.name("damage").array();
        for (String one : damage) {
            json.value(one);
        }
        json.end();
        json.name("tracks").array();
        for (int i = 0; i < tracks.size(); i++) {
            track(json, tracks.get(i), clocks.get(i), maps.get(i));
        }
        json.end();
        json.end().flush();
        out.write('\n');
    }

    private void track(JsonWriter json, TrackScan track, StreamClock clock, ClockMap map) throws IOException {
        TakeDescription take = track.take().description();
        Source source = take.source();
        json.object();
        json.name("participant").value(source.person());
        json.name("name").value(names.getOrDefault(source.person(), source.person()));
        json.name("kind").value(source.kind().name().toLowerCase(Locale.ROOT));
        json.name("take").value(take.take());
        json.name("stream").value(track.stream());
        json.name("codec").value(track.format().coding().name());
        json.name("fromNanos").value(map.sessionNanos(track.first()));
        json.name("toNanos").value(map.sessionNanos(track.last()));
        clock(json, clock, map);
        packets(json, track, dropped.getOrDefault(new StreamId(take.take(), track.stream()), 0L));
        json.name("gapCount").value(track.gapCount());
        json.name("gaps").array();
        for (TrackScan.Gap gap : track.gaps()) {
            span(json, map.sessionNanos(gap.from()), map.sessionNanos(gap.to()))
                    .name("packets")
                    .value(gap.packets())
                    .end();
        }
        json.end();
        if (track.isPicture()) {
            pictures(json, track, map);
        }
        json.end();
    }

    private static void clock(JsonWriter json, StreamClock clock, ClockMap map) throws IOException {
        Residual residual = Residual.of(clock, map);
        json.name("clock").row();
        json.name("fromSenderReports").value(map.isReported());
        json.name("partsPerMillion").literal(String.format(Locale.ROOT, "%.3f", map.partsPerMillion()));
        json.name("samples").value(residual.samples());
        json.name("residualMedianMicros").value(residual.medianNanos() / 1000);
        json.name("residualWorstMicros").value(residual.worstNanos() / 1000);
        json.end();
    }

    private static void packets(JsonWriter json, TrackScan track, long dropped) throws IOException {
        long all = track.packets() + track.missing();
        long lostAtFirst = track.repaired() + track.missing();
        long lost = track.missing() - track.restored();
        json.name("packets").row();
        json.name("received").value(track.packets());
        json.name("sentAgain").value(track.repaired());
        json.name("restored").value(track.restored());
        json.name("missing").value(lost);
        json.name("dropped").value(dropped);
        json.name("lossBeforeRepair").literal(share(lostAtFirst, all));
        json.name("lossAfterRepair").literal(share(lost, all));
        json.end();
    }

    private static String share(long part, long all) {
        return String.format(Locale.ROOT, "%.6f", all == 0 ? 0.0 : (double) part / all);
    }

    private static void pictures(JsonWriter json, TrackScan track, ClockMap map) throws IOException {
        json.name("pictures").value(track.pictures());
        json.name("keyFrames").value(track.keyFrames());
        json.name("freezeCount").value(track.freezeCount());
        json.name("frozenNanos")
                .value(ClockMap.nanos(track.frozenTicks(), track.format().clockRate()));
        json.name("freezes").array();
        for (TrackScan.Freeze freeze : track.freezes()) {
            span(json, map.sessionNanos(freeze.from()), map.sessionNanos(freeze.to()))
                    .end();
        }
        json.end();
    }

    private static JsonWriter span(JsonWriter json, long fromNanos, long toNanos) throws IOException {
        return json.row().name("fromNanos").value(fromNanos).name("toNanos").value(toNanos);
    }
}
