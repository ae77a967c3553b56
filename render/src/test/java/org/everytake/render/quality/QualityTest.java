package org.everytake.render.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.everytake.render.Progress;
import org.everytake.render.material.Performer;
import org.everytake.render.material.RealTape;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.read.RecordedTape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityTest {
    @TempDir
    Path folder;

    private JsonNode quality(Script script) throws Exception {
        try (RecordedTape tape = RealTape.of(script, folder.resolve("spool"))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Quality.of(tape, Progress.SILENT).write(out);
            return new ObjectMapper().readTree(out.toByteArray());
        }
    }

    private static JsonNode track(JsonNode quality, String kind) {
        for (JsonNode track : quality.get("tracks")) {
            if (track.get("kind").asText().equals(kind)) {
                return track;
            }
        }
        throw new AssertionError("no track of a " + kind + " in " + quality);
    }

    @Test
    void whatWasLostAndWhereIsTold() throws Exception {
        Script script = Script.of("Loss", "anna").stops(30);
        Performer anna = new Performer(script, "anna", 2, 120);
        // the fourth of each hundred never comes, the eighth comes 80 ms late, as when it is sent again
        anna.losing(sequence -> sequence % 100 == 4)
                .late(sequence -> sequence % 100 == 8 ? 0.08 : 0)
                .microphone(SoundClip.heads(), 0, 30);
        JsonNode quality = quality(script);
        assertThat(quality.get("format").asText()).isEqualTo("everytake-quality");
        assertThat(quality.get("durationNanos").asLong()).isEqualTo(30_000_000_000L);
        JsonNode sound = track(quality, "microphone");
        assertThat(sound.get("participant").asText()).isEqualTo("anna");
        assertThat(sound.get("codec").asText()).isEqualTo("OPUS");
        JsonNode packets = sound.get("packets");
        assertThat(packets.get("missing").asInt()).isEqualTo(15);
        assertThat(packets.get("received").asInt()).isBetween(1484, 1487);
        assertThat(packets.get("sentAgain").asInt()).isEqualTo(15);
        assertThat(packets.get("lossBeforeRepair").asDouble()).isCloseTo(0.02, within(0.0005));
        assertThat(packets.get("lossAfterRepair").asDouble()).isCloseTo(0.01, within(0.0005));
        assertThat(sound.get("gapCount").asInt()).isEqualTo(15);
        JsonNode gap = sound.get("gaps").get(7);
        assertThat(gap.get("packets").asInt()).isEqualTo(1);
        assertThat(gap.get("toNanos").asLong() - gap.get("fromNanos").asLong()).isCloseTo(40_000_000L, within(20_000L));
        assertThat(sound.has("freezes")).as("sound does not freeze").isFalse();
        JsonNode clock = sound.get("clock");
        assertThat(clock.get("fromSenderReports").asBoolean()).isTrue();
        assertThat(clock.get("samples").asInt()).isEqualTo(6);
        // they came 15 to 21 ms after they were sent, of which the least is no residual
        assertThat(clock.get("residualMedianMicros").asLong()).isBetween(0L, 8_000L);
        assertThat(clock.get("residualWorstMicros").asLong()).isBetween(1L, 8_000L);
    }

    @Test
    void theRateOfAClockIsTold() throws Exception {
        Script script = Script.of("Skew", "anna").stops(120);
        new Performer(script, "anna", 0, 120).camera(VideoClip.flashes("0x204060", 64, 36), 0, 120);
        JsonNode clock = track(quality(script), "camera").get("clock");
        // seen from the session the camera's clock runs ahead
        assertThat(clock.get("partsPerMillion").asDouble()).isCloseTo(-120, within(40.0));
    }

    @Test
    void aPictureThatStandsStillIsToldAndACameraThatIsOffIsNot() throws Exception {
        Script script = Script.of("Freeze", "anna").stops(30);
        Performer anna = new Performer(script, "anna", 0, 0);
        int take = anna.losing(sequence -> sequence == 65_020).camera(VideoClip.flashes("0x204060", 64, 36), 0, 12);
        anna.losing(sequence -> false).pictures(take, 0, VideoClip.flashes("0x204060", 64, 36), 20, 30);
        JsonNode camera = track(quality(script), "camera");
        assertThat(camera.get("freezeCount").asInt()).isEqualTo(1);
        JsonNode freeze = camera.get("freezes").get(0);
        assertThat(freeze.get("fromNanos").asLong()).isBetween(200_000_000L, 1_000_000_000L);
        assertThat(freeze.get("toNanos").asLong()).as("the next key frame").isGreaterThan(1_000_000_000L);
        assertThat(camera.get("frozenNanos").asLong())
                .isCloseTo(
                        freeze.get("toNanos").asLong() - freeze.get("fromNanos").asLong(), within(100_000L));
        assertThat(camera.get("pictures").asInt()).isBetween(200, 659);
        assertThat(camera.get("keyFrames").asInt()).isPositive();
    }

    @Test
    void whatARepetitionBroughtIsNoLoss() throws Exception {
        Script script = Script.of("RED", "anna").stops(10);
        new Performer(script, "anna", 0, 0)
                .repeating(1)
                .losing(sequence -> sequence % 50 == 7)
                .microphone(SoundClip.heads(), 0, 10);
        JsonNode packets = track(quality(script), "microphone").get("packets");
        assertThat(packets.get("restored").asInt()).isEqualTo(10);
        assertThat(packets.get("missing").asInt()).isZero();
        assertThat(packets.get("lossAfterRepair").asDouble()).isZero();
        assertThat(packets.get("lossBeforeRepair").asDouble()).isCloseTo(0.02, within(0.001));
    }

    @Test
    void aRecordingWithoutMediaHasNoTracks() throws Exception {
        assertThat(quality(Script.of("Nobody").stops(1)).get("tracks")).isEmpty();
    }

    @Test
    void itEndsWhenItShall() throws Exception {
        Script script = Script.of("Cancelled", "anna").stops(10);
        new Performer(script, "anna", 0, 0).microphone(SoundClip.heads(), 0, 10);
        try (RecordedTape tape = RealTape.of(script, folder.resolve("spool"))) {
            Progress cancelled = new Progress() {
                @Override
                public void at(double fraction) {}

                @Override
                public boolean cancelled() {
                    return true;
                }
            };
            assertThatThrownBy(() -> Quality.of(tape, cancelled)).isInstanceOf(CancellationException.class);
        }
    }
}
