package org.everytake.render.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.tape.Codec;
import org.everytake.tape.Event;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.Interruption;
import org.jspecify.annotations.Nullable;

/**
 * The index of an archive, {@code info.json}: what was recorded, who took part, and of each file what it holds, what is
 * missing in it, and how its time lies in the session. docs/formats.md says what each field means.
 *
 * @param people id to name, in the order in which they came
 * @param interruptions when the recorder itself was away
 * @param damage what of the tape cannot be read, a sentence each
 */
record RawInfo(
        Event.RecordingStarted started,
        long durationNanos,
        Map<String, String> people,
        List<Interruption> interruptions,
        RawNames names,
        List<RawFile> files,
        List<String> damage) {
    static final String NAME = "info.json";

    private static final int VERSION = 2;

    /** Writes it; the same bytes each time. */
    void write(OutputStream out) throws IOException {
        JsonWriter json = new JsonWriter(out);
        json.object();
        json.name("format").value("everytake-raw");
        json.name("version").value(VERSION);
        json.name("session").value(started.session());
        json.name("recording").value(started.recording());
        json.name("title").value(started.title());
        json.name("zero").value(started.zero().toString());
        json.name("durationNanos").value(durationNanos);
        participants(json);
        interruptions(json);
        sentences(json, "damage", damage);
        json.name("files").array();
        for (RawFile file : files) {
            file(json, file);
        }
        json.end();
        json.end().flush();
        out.write('\n');
    }

    private void participants(JsonWriter json) throws IOException {
        json.name("participants").array();
        for (Map.Entry<String, String> person : people.entrySet()) {
            json.row();
            json.name("id").value(person.getKey());
            json.name("name").value(person.getValue());
            String role = names.role(person.getKey());
            if (role != null) {
                json.name("role").value(role);
            }
            json.end();
        }
        json.end();
    }

    private void interruptions(JsonWriter json) throws IOException {
        json.name("interruptions").array();
        for (Interruption one : interruptions) {
            json.row().name("fromNanos").value(one.fromNanos()).name("toNanos").value(one.toNanos());
            json.end();
        }
        json.end();
    }

    private static void sentences(JsonWriter json, String name, List<String> sentences) throws IOException {
        json.name(name).array();
        for (String sentence : sentences) {
            json.value(sentence);
        }
        json.end();
    }

    private static void file(JsonWriter json, RawFile file) throws IOException {
        FileScan scan = file.scan();
        TakeDescription take = scan.description();
        json.object();
        json.name("name").value(file.name());
        json.name("participant").value(take.source().person());
        json.name("kind").value(take.source().kind().name().toLowerCase(Locale.ROOT));
        json.name("device").value(take.source().device());
        json.name("take").value(take.take());
        json.name("stream").value(scan.stream());
        StreamDescription stream = stream(take, scan.stream());
        if (stream != null) {
            json.name("ssrc").value(stream.ssrc());
            json.name("mid").value(stream.mid());
            json.name("rid").value(stream.rid());
        }
        codec(json, scan.codec());
        json.name("headerExtensions").row();
        for (Map.Entry<Integer, String> extension : new TreeMap<>(take.headerExtensions()).entrySet()) {
            json.name(String.valueOf(extension.getKey())).value(extension.getValue());
        }
        json.end();
        json.name("bytes").value(file.measured().bytes());
        json.name("crc32")
                .value(String.format(Locale.ROOT, "%08x", file.measured().crc32()));
        json.name("packets").value(scan.packets());
        json.name("restored").value(scan.restored());
        json.name("dropped").value(file.dropped());
        json.name("leftOut").row();
        for (Map.Entry<String, Long> left : new TreeMap<>(file.leftOut()).entrySet()) {
            json.name(left.getKey()).value(left.getValue());
        }
        json.end();
        end(json, "first", scan.first(), file);
        end(json, "last", scan.last(), file);
        clock(json, file);
        gaps(json, scan.gaps());
        sentences(json, "damage", file.damage());
        reports(json, file.reports());
        json.end();
    }

    private static @Nullable StreamDescription stream(TakeDescription take, int number) {
        for (StreamDescription stream : take.streams()) {
            if (stream.stream() == number) {
                return stream;
            }
        }
        return null;
    }

    private static void codec(JsonWriter json, Codec codec) throws IOException {
        json.name("codec").row();
        json.name("name").value(codec.name());
        json.name("payloadType").value(codec.payloadType());
        json.name("clockRate").value(codec.clockRate());
        json.name("channels").value(codec.channels());
        json.name("fmtp").value(codec.fmtp());
        json.end();
    }

    private static void end(JsonWriter json, String name, FileScan.End end, RawFile file) throws IOException {
        json.name(name).row();
        json.name("sequence").value(end.sequence());
        json.name("timestamp").value(end.timestamp() & 0xFFFF_FFFFL);
        json.name("arrivalNanos").value(end.arrivalNanos());
        json.name("sessionNanos").value(file.clock().sessionNanos(end.timestamp()));
        json.end();
    }

    private static void clock(JsonWriter json, RawFile file) throws IOException {
        json.name("clock").row();
        json.name("fromSenderReports").value(file.clock().isReported());
        json.name("partsPerMillion")
                .literal(String.format(Locale.ROOT, "%.3f", file.clock().partsPerMillion()));
        json.end();
    }

    private static void gaps(JsonWriter json, List<FileScan.Gap> gaps) throws IOException {
        json.name("gaps").array();
        for (FileScan.Gap gap : gaps) {
            json.row().name("first").value(gap.first()).name("last").value(gap.last());
            json.end();
        }
        json.end();
    }

    private static void reports(JsonWriter json, List<RawFile.Reported> reports) throws IOException {
        json.name("senderReports").array();
        for (RawFile.Reported report : reports) {
            json.row();
            json.name("arrivalNanos").value(report.arrivalNanos());
            json.name("ntp")
                    .value(String.format(Locale.ROOT, "%016x", report.said().ntp64()));
            json.name("timestamp").value(report.said().rtpTimestamp());
            json.name("packets").value(report.said().packets());
            json.name("octets").value(report.said().octets());
            json.end();
        }
        json.end();
    }
}
