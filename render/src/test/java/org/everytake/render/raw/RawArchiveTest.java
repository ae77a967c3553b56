package org.everytake.render.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.everytake.render.Progress;
import org.everytake.render.material.MemoryTape;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.Person;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.codec.VideoCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RAW archives, judged by this machine's tar, by Java's own reader of zip, and by Janus's converter. */
class RawArchiveTest {
    private static final String GREEN = "0x20c020";

    @TempDir
    Path folder;

    /** Anna, who speaks in RED and shows her camera and then her screen; Ben, on the telephone, with two codecs. */
    private static Script call() throws Exception {
        Script script = Script.of("Call", "anna", "ben").stops(4);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.losing(sequence -> sequence % 10 < 2).repeating(2).microphone(SoundClip.beeps(1000, 4), 0, 4);
        anna.losing(sequence -> false).camera(VideoClip.flashes(VideoCodec.VP8, GREEN, 320, 180), 0, 4);
        anna.screen(VideoClip.flashes(VideoCodec.VP9, GREEN, 320, 180), 0, 4);
        Performer ben = new Performer(script, "ben", 3, 0);
        ben.losing(sequence -> sequence == 65_050).microphone(SoundClip.telephone("PCMU", 1000, 4), 0, 4);
        ben.losing(sequence -> false).lying(1);
        int camera = ben.camera(VideoClip.flashes(VideoCodec.H264, GREEN, 320, 180), 0, 2);
        ben.pictures(camera, 0, VideoClip.flashes(VideoCodec.AV1, GREEN, 320, 180), 2, 4);
        return script;
    }

    @Test
    void REN_2_everyStreamIsAFileThatJanusMakesPlayable() throws Exception {
        Unpacked raw = Unpacked.of(new MemoryTape(call()), folder);
        assertThat(raw.list())
                .containsExactly(
                        "s1/r1/info.json",
                        "s1/r1/agent-audio.mjr",
                        "s1/r1/agent-video.mjr",
                        "s1/r1/agent-screen.mjr",
                        "s1/r1/user-audio.mjr",
                        "s1/r1/user-video.mjr",
                        "s1/r1/user-video-2.mjr",
                        "s1/r1/SHA256SUMS");
        assertThat(raw.played("agent-audio.mjr", "opus")).isEqualTo(198);
        assertThat(raw.played("agent-video.mjr", "webm")).isEqualTo(120);
        raw.decodes("agent-video.mjr", "webm");
        assertThat(raw.played("agent-screen.mjr", "webm")).isEqualTo(120);
        assertThat(raw.played("user-audio.mjr", "wav")).isPositive();
        assertThat(raw.played("user-video.mjr", "mp4")).isEqualTo(60);
        raw.decodes("user-video.mjr", "mp4");
        assertThat(raw.played("user-video-2.mjr", "mp4")).isEqualTo(60);
    }

    @Test
    void REN_2_theIndexSaysWhoSentWhatWhen() throws Exception {
        Unpacked raw = Unpacked.of(new MemoryTape(call()), folder);
        JsonNode info = raw.info();
        assertThat(info.get("format").asText() + info.get("version").asInt()).isEqualTo("everytake-raw2");
        assertThat(info.get("session").asText()).isEqualTo("s1");
        assertThat(info.get("recording").asText()).isEqualTo("r1");
        assertThat(info.get("title").asText()).isEqualTo("Call");
        assertThat(info.get("zero").asText()).isEqualTo("2026-11-02T10:00:00Z");
        assertThat(info.get("durationNanos").asLong()).isEqualTo(4_000_000_000L);
        assertThat(info.get("damage")).isEmpty();
        assertThat(info.get("participants"))
                .hasToString("[{\"id\":\"anna\",\"name\":\"Anna\",\"role\":\"agent\"},"
                        + "{\"id\":\"ben\",\"name\":\"Ben\",\"role\":\"user\"}]");
        JsonNode video = raw.file("user-video.mjr");
        assertThat(video.get("participant").asText()).isEqualTo("ben");
        assertThat(video.get("kind").asText()).isEqualTo("camera");
        assertThat(video.get("codec").get("name").asText()).isEqualTo("H264");
        assertThat(video.get("codec").get("fmtp").asText()).isEqualTo("packetization-mode=1");
        assertThat(video.get("ssrc").asLong()).isEqualTo(1005);
        assertThat(video.get("rid").asText()).isEqualTo("h");
        assertThat(video.get("first").get("sequence").asLong()).isEqualTo(65_000);
        assertThat(video.get("gaps")).isEmpty();
        assertThat(video.get("clock").get("fromSenderReports").asBoolean()).isTrue();
        // a report was sent each second: what it tells lies within what the network's delay leaves open
        assertThat(video.get("senderReports")).hasSizeBetween(4, 8);
        assertThat(video.get("senderReports").get(0).get("ntp").asText()).matches("[0-9a-f]{16}");
        assertThat(video.get("first").get("sessionNanos").asLong()).isCloseTo(0, within(25_000_000L));
        JsonNode later = raw.file("user-video-2.mjr");
        assertThat(later.get("codec").get("name").asText()).isEqualTo("AV1");
        assertThat(later.get("first").get("sessionNanos").asLong()).isCloseTo(2_000_000_000L, within(25_000_000L));
        assertThat(later.get("gaps")).isEmpty();
        JsonNode telephone = raw.file("user-audio.mjr");
        assertThat(telephone.get("gaps")).hasToString("[{\"first\":65050,\"last\":65050}]");
    }

    @Test
    void REN_2_aFileHoldsThePacketsOfTheTape() throws Exception {
        MemoryTape tape = new MemoryTape(call());
        Unpacked raw = Unpacked.of(tape, folder);
        Mjr mjr = raw.mjr("agent-video.mjr");
        List<TapeRecord> records = new ArrayList<>();
        tape.takes().get(1).records(0).forEach(records::add);
        assertThat(mjr.packets())
                .extracting(Mjr.Packet::bytes)
                .containsExactlyElementsOf(records.stream()
                        .map(record -> ByteBuffer.wrap(record.bytes()))
                        .toList());
        assertThat(mjr.packets().getFirst().millis()).isZero();
        assertThat(mjr.packets().getLast().millis())
                .isEqualTo((records.getLast().stampNanos() - records.getFirst().stampNanos()) / 1_000_000);
        assertThat(mjr.head().get("t").asText()).isEqualTo("v");
        assertThat(mjr.head().get("c").asText()).isEqualTo("vp8");
        assertThat(mjr.head().get("x")).hasToString("{\"4\":\"urn:3gpp:video-orientation\"}");
        assertThat(mjr.head().get("s").asLong()).isEqualTo(1_793_613_600_000_000L);
        assertThat(mjr.head().get("u").asLong())
                .isEqualTo(1_793_613_600_000_000L + records.getFirst().stampNanos() / 1000);
    }

    @Test
    void REN_2_redIsUnpackedAndItsCopiesTakeThePlacesOfWhatWasLost() throws Exception {
        Unpacked raw = Unpacked.of(new MemoryTape(call()), folder);
        Mjr mjr = raw.mjr("agent-audio.mjr");
        // the first two were lost, and before the first that came nothing is missing
        assertThat(mjr.packets())
                .extracting(Mjr.Packet::sequence)
                .containsExactlyElementsOf(
                        IntStream.range(65_002, 65_200).boxed().toList());
        assertThat(mjr.packets())
                .allSatisfy(packet -> assertThat(packet.payloadType()).isEqualTo(111));
        for (int i = 1; i < mjr.packets().size(); i++) {
            long apart =
                    mjr.packets().get(i).timestamp() - mjr.packets().get(i - 1).timestamp();
            assertThat(apart & 0xFFFF_FFFFL).isEqualTo(960);
        }
        JsonNode file = raw.file("agent-audio.mjr");
        assertThat(file.get("restored").asInt()).isEqualTo(38);
        assertThat(file.get("gaps")).isEmpty();
        assertThat(file.get("codec").get("name").asText()).isEqualTo("opus");
    }

    @Test
    void layersAreFilesOfTheirOwnAndMoreThanTwoPeopleAreNumbered() throws Exception {
        Script script = new Script(
                "Group",
                List.of(new Person("anna", "Zoë / Ångström ../x"), new Person("ben", "数"), new Person("carl", "Carl")),
                List.of());
        Performer anna = new Performer(script, "anna", 0, 0);
        int layers = anna.camera(VideoClip.heads(160, 90), 0, 1);
        anna.pictures(layers, 1, VideoClip.heads(320, 180), 1, 2);
        new Performer(script, "ben", 0, 0).microphone(SoundClip.heads(), 0, 2);
        new Performer(script, "stranger", 0, 0).microphone(SoundClip.heads(), 0, 2);
        Unpacked raw = Unpacked.of(new MemoryTape(script), folder);
        assertThat(raw.files().keySet())
                .containsExactly(
                        "01-zoe-angstrom-x-video-2.mjr",
                        "01-zoe-angstrom-x-video.mjr",
                        "02-person-audio.mjr",
                        "04-stranger-audio.mjr");
        assertThat(raw.file("01-zoe-angstrom-x-video.mjr").get("rid").asText()).isEqualTo("h");
        assertThat(raw.file("01-zoe-angstrom-x-video-2.mjr").get("rid").asText())
                .isEqualTo("f");
        assertThat(raw.info().get("participants").get(0).has("role")).isFalse();
        // nobody stopped it: it lasted as long as something came
        assertThat(raw.info().get("durationNanos").asLong()).isCloseTo(2_020_000_000L, within(50_000_000L));
    }

    @Test
    void aClockThatRunsFastIsToldSo() throws Exception {
        Script script = Script.of("Clock", "anna").stops(60);
        new Performer(script, "anna", 7, 80, 0.015, 0).camera(VideoClip.heads(160, 90), 0, 60);
        Unpacked raw = Unpacked.of(new MemoryTape(script), folder);
        JsonNode file = raw.file("01-anna-video.mjr");
        assertThat(file.get("clock").get("partsPerMillion").asDouble()).isCloseTo(-80, within(20.0));
        assertThat(file.get("last").get("sessionNanos").asLong()).isCloseTo(60_010_000_000L, within(30_000_000L));
    }

    @Test
    void REN_2_aZipHasTheSameFilesAndBothAreAlwaysTheSame() throws Exception {
        Script script = call();
        Unpacked raw = Unpacked.of(new MemoryTape(script), folder);
        Path zip = folder.resolve("raw.zip");
        Unpacked.write(new MemoryTape(script), RawFormat.ZIP, zip);
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipFile read = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : read.stream().toList()) {
                files.put(entry.getName(), read.getInputStream(entry).readAllBytes());
                assertThat(entry.getTimeLocal()).hasToString("2026-11-02T10:00:04");
            }
        }
        assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(raw.list());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(folder.resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
        assertThat(Files.getLastModifiedTime(raw.folder().resolve("info.json")).toInstant())
                .hasToString("2026-11-02T10:00:04Z");
        Path again = folder.resolve("again");
        Unpacked.write(new MemoryTape(script), RawFormat.TAR_GZ, again);
        assertThat(again).hasSameBinaryContentAs(raw.archive());
        Unpacked.write(new MemoryTape(script), RawFormat.ZIP, again);
        assertThat(again).hasSameBinaryContentAs(zip);
    }

    @Test
    void whoWantsItNoMoreEndsIt() {
        Script script = Script.of("Long", "anna").stops(60);
        new Performer(script, "anna", 0, 0).camera(VideoClip.heads(160, 90), 0, 60);
        Progress ended = new Progress() {
            @Override
            public void at(double fraction) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> RawArchive.of(new MemoryTape(script), ended))
                .isInstanceOf(CancellationException.class);
    }
}
