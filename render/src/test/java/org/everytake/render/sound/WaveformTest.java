package org.everytake.render.sound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.everytake.render.Outline;
import org.everytake.render.Preset;
import org.everytake.render.Progress;
import org.everytake.render.RenderPlan;
import org.everytake.render.Renderer;
import org.everytake.render.Timeline;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.material.MemoryOutput;
import org.everytake.render.material.Performer;
import org.everytake.render.material.RealTape;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.tape.read.RecordedTape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaveformTest {
    private static final int CHANNELS = 3;

    private static byte[] json(Waveform waveform) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        waveform.write(out);
        return out.toByteArray();
    }

    private static Waveform rendered(Path folder, Preset preset) throws Exception {
        Script script = Script.of("Weekly review", "anna", "ben").stops(6);
        new Performer(script, "anna", 3, 100).microphone(SoundClip.tone(1000, 0.25, 10), 0, 6);
        new Performer(script, "ben", 0, -50).microphone(SoundClip.tone(1700, 0.5, 10), 2, 4);
        try (RecordedTape tape = RealTape.of(script, folder.resolve("spool"))) {
            Outline outline = new Renderer(Ffmpeg.find(null), folder.resolve("scratch"))
                    .render(
                            RenderPlan.of(Timeline.of(tape), preset),
                            tape,
                            new MemoryOutput(folder.resolve("made")),
                            Progress.SILENT)
                    .outline();
            return Objects.requireNonNull(outline).waveform();
        }
    }

    /** The loudest from one time to another, of 128. */
    private static int peak(JsonNode data, int channel, double from, double to) {
        int peak = 0;
        for (int pixel = (int) (from * 50); pixel < to * 50; pixel++) {
            peak = Math.max(peak, -data.get(pixel * 2 * CHANNELS + 2 * channel).asInt());
            peak = Math.max(
                    peak, data.get(pixel * 2 * CHANNELS + 2 * channel + 1).asInt());
        }
        return peak;
    }

    @Test
    void REN_5_itShowsTheMixAndEachVoice(@TempDir Path folder) throws Exception {
        byte[] bytes = json(rendered(folder, Preset.WAV));
        JsonNode waveform = new ObjectMapper().readTree(bytes);
        assertThat(waveform.path("version").asInt()).isEqualTo(2);
        assertThat(waveform.path("channels").asInt()).isEqualTo(CHANNELS);
        assertThat(waveform.path("sample_rate").asInt()).isEqualTo(48_000);
        assertThat(waveform.path("samples_per_pixel").asInt()).isEqualTo(960);
        assertThat(waveform.path("bits").asInt()).isEqualTo(8);
        assertThat(waveform.path("length").asInt()).isEqualTo(300);
        assertThat(waveform.path("voices").findValuesAsText("name")).containsExactly("Anna", "Ben");
        assertThat(waveform.path("voices").findValuesAsText("person")).containsExactly("anna", "ben");
        JsonNode data = waveform.path("data"); // of what Opus made of 32 and 64
        assertThat(data).hasSize(300 * 2 * CHANNELS);
        assertThat(peak(data, 1, 0.5, 6)).isBetween(28, 40);
        assertThat(peak(data, 2, 0, 1.9)).as("before Ben is heard").isZero();
        assertThat(peak(data, 2, 2.5, 3.9)).isBetween(58, 77);
        assertThat(peak(data, 2, 4.2, 6)).as("after it").isZero();
        assertThat(peak(data, 0, 0.5, 1.9)).isBetween(28, 40);
        assertThat(peak(data, 0, 2.5, 3.9)).isBetween(88, 114);
    }

    @Test
    void REN_5_ofTheSameTapeItIsTheSame(@TempDir Path folder) throws Exception {
        assertThat(json(rendered(folder.resolve("once"), Preset.WAV)))
                .isEqualTo(json(rendered(folder.resolve("again"), Preset.SOUND)));
    }

    @Test
    void whoComesLateWasSilentBefore() {
        Peaks peaks = new Peaks();
        peaks.startAt(2400);
        peaks.add(-512, 256, 240);
        peaks.add(-40_000, 40_000, 240);
        peaks.add(-40_000, -300, 960);
        assertThat(new int[] {peaks.least(0), peaks.greatest(0), peaks.least(1), peaks.greatest(1)})
                .containsOnly(0);
        assertThat(peaks.least(2)).isEqualTo(-128);
        assertThat(peaks.greatest(2)).isEqualTo(127);
        assertThat(peaks.least(3)).isEqualTo(-128);
        assertThat(peaks.greatest(3)).isEqualTo(-1);
        assertThat(peaks.least(4)).as("nothing was heard by then").isZero();
    }

    @Test
    void itGrowsWithTheRecording() {
        Peaks peaks = new Peaks();
        for (int pixel = 0; pixel < 5000; pixel++) {
            peaks.add(-pixel, pixel, 960);
        }
        assertThat(peaks.greatest(4999)).isEqualTo(4999 / 256);
        assertThat(peaks.least(1023)).isEqualTo(-1023 / 256);
    }
}
