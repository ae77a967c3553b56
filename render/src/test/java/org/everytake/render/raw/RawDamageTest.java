package org.everytake.render.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.everytake.render.Progress;
import org.everytake.render.material.Performer;
import org.everytake.render.material.RealTape;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.read.RecordedTape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of tapes that are not whole. */
class RawDamageTest {
    private static final int SEGMENT_HEADER = 128;
    private static final int BATCH_HEADER = 24;

    @TempDir
    Path folder;

    private List<Path> segments() throws Exception {
        Script script = Script.of("Damage", "anna", "ben").stops(6);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.flashes("0x20c020", 320, 180), 0, 5.9);
        anna.microphone(SoundClip.beeps(1000, 6), 0, 5.9);
        new Performer(script, "ben", 0, 0).microphone(SoundClip.beeps(1700, 6), 0, 5.9);
        List<Path> segments = RealTape.segments(script, folder.resolve("spool"), Duration.ofMillis(500));
        assertThat(segments).hasSizeGreaterThan(3);
        return segments;
    }

    /** Changes a byte of the last batch that a take has in a segment. */
    private static void damage(Path segment, int take) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment));
        int found = -1;
        for (int at = SEGMENT_HEADER; at < bytes.limit(); at += BATCH_HEADER + bytes.getInt(at + 12)) {
            if (bytes.getInt(at + 8) == take) {
                found = at + BATCH_HEADER;
            }
        }
        assertThat(found).isPositive();
        bytes.put(found, (byte) ~bytes.get(found));
        Files.write(segment, bytes.array());
    }

    @Test
    void STO_3_aDamagedStreamIsInItAsFarAsItIsWhole() throws Exception {
        List<Path> segments = segments();
        damage(segments.get(1), 1);
        Unpacked raw;
        List<ByteBuffer> left = new ArrayList<>();
        try (RecordedTape tape = RealTape.read(segments)) {
            raw = Unpacked.of(tape, folder);
            tape.takes().getFirst().records(0).forEach(record -> left.add(ByteBuffer.wrap(record.bytes())));
            assertThat(RawArchive.of(tape, Progress.SILENT).remarks())
                    .singleElement()
                    .asString()
                    .matches("Segment 00000002.tape, at byte [0-9]+: batch [0-9]+ of take 1 is damaged\\.");
        }
        assertThat(raw.files()).containsOnlyKeys("agent-video.mjr", "agent-audio.mjr", "user-audio.mjr");
        assertThat(raw.mjr("agent-video.mjr").packets())
                .extracting(Mjr.Packet::bytes)
                .containsExactlyElementsOf(left);
        JsonNode video = raw.file("agent-video.mjr");
        assertThat(raw.info().get("damage")).hasSize(1);
        assertThat(video.get("damage")).isEqualTo(raw.info().get("damage"));
        JsonNode gap = video.get("gaps").get(0);
        assertThat(video.get("gaps")).hasSize(1);
        long missing = gap.get("last").asLong() - gap.get("first").asLong() + 1;
        long sent = video.get("last").get("sequence").asLong()
                - video.get("first").get("sequence").asLong()
                + 1;
        assertThat(missing).isBetween(1L, sent / 2);
        assertThat(video.get("packets").asLong()).isEqualTo(sent - missing);
        assertThat(raw.played("agent-video.mjr", "webm")).isBetween(90L, 176L);
        for (String sound : List.of("agent-audio.mjr", "user-audio.mjr")) {
            assertThat(raw.file(sound).get("packets").asInt()).isEqualTo(295);
            assertThat(raw.file(sound).get("damage")).isEmpty();
            assertThat(raw.played(sound, "opus")).isEqualTo(295);
        }
    }

    @Test
    void STO_3_aSegmentThatIsGoneIsAGapAndASentence() throws Exception {
        List<Path> segments = new ArrayList<>(segments());
        segments.remove(1);
        Unpacked raw;
        try (RecordedTape tape = RealTape.read(segments)) {
            raw = Unpacked.of(tape, folder);
        }
        assertThat(raw.info().get("damage").get(0).asText()).isEqualTo("Segment 2 is missing or cannot be read.");
        assertThat(raw.file("agent-video.mjr").get("gaps")).isNotEmpty();
    }
}
