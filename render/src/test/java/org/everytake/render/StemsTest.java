package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.material.Judged;
import org.everytake.render.material.MemoryOutput;
import org.everytake.render.material.Performer;
import org.everytake.render.material.RealTape;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.tape.read.RecordedTape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What editors get: the sound of each, equally long to the sample, without loss. */
class StemsTest {
    private static final double SECONDS = 7.3;

    @TempDir
    Path folder;

    private RecordedTape tape() throws Exception {
        Script script = Script.of("Weekly review", "anna", "ben").stops(SECONDS);
        new Performer(script, "anna", 3, 100).microphone(SoundClip.tone(1000, 0.3, 10), 0, SECONDS);
        new Performer(script, "ben", 0, -50).microphone(SoundClip.tone(1700, 0.3, 10), 2, 5);
        return RealTape.of(script, folder.resolve("spool"));
    }

    private Judged render(RecordedTape tape, Timeline timeline, Preset preset) throws Exception {
        Path file = folder.resolve("made." + preset.container().extension());
        Rendered rendered = new Renderer(Ffmpeg.find(null), folder.resolve("scratch"))
                .render(RenderPlan.of(timeline, preset), tape, new MemoryOutput(file), Progress.SILENT);
        assertThat(rendered.sizeBytes()).isEqualTo(Files.size(file));
        Judged judged = new Judged(file, preset.framesPerSecond());
        if (preset != Preset.WAV) { // of any one channel in a WAV FFmpeg says that it must guess where it is heard
            judged.decodes();
        }
        return judged;
    }

    @Test
    void REN_9_stemsAreEquallyLongToTheSampleAndLoseNothing() throws Exception {
        try (RecordedTape tape = tape()) {
            Timeline timeline = Timeline.of(tape);
            short[] mix = render(tape, timeline, Preset.WAV).samples();
            // a length lies on the grid of the composite's frames
            assertThat(mix).hasSize((int) Math.ceil(SECONDS * 25) * 1920);
            int[] sum = new int[mix.length];
            for (String person : List.of("anna", "ben")) {
                Judged wav = render(tape, timeline.only(person), Preset.WAV);
                assertThat(wav.probe("a:0", "stream=codec_name,sample_rate,channels,duration"))
                        .isEqualTo("pcm_s16le\n48000\n1\n7.320000");
                short[] stem = wav.samples();
                Judged flac = render(tape, timeline.only(person), Preset.FLAC);
                assertThat(flac.probe("a:0", "stream=codec_name,sample_rate,channels,duration"))
                        .isEqualTo("flac\n48000\n1\n7.320000");
                assertThat(flac.probe("a:0", "format_tags=TITLE,ARTIST"))
                        .isEqualToIgnoringCase("Weekly review\n" + person);
                assertThat(flac.samples()).isEqualTo(stem);
                assertThat(stem).hasSameSizeAs(mix);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += stem[i];
                }
            }
            // one is rounded, the other the sum of what is; together they are below the limiter
            for (int i = 0; i < sum.length; i++) {
                assertThat(sum[i]).as("sample %s", i).isBetween(mix[i] - 1, mix[i] + 1);
            }
        }
    }

    @Test
    void aStemThatNobodyWaitsForEnds() throws Exception {
        try (RecordedTape tape = tape()) {
            Progress cancelled = new Progress() {
                @Override
                public void at(double fraction) {}

                @Override
                public boolean cancelled() {
                    return true;
                }
            };
            Script day = Script.of("A day", "anna").stops(86_400);
            RenderPlan plan = RenderPlan.of(Timeline.of(RealTape.of(day, folder.resolve("day"))), Preset.WAV);
            Renderer renderer = new Renderer(Ffmpeg.find(null), folder.resolve("scratch"));
            MemoryOutput output = new MemoryOutput(folder.resolve("day.wav"));
            assertThatThrownBy(() -> renderer.render(plan, tape, output, cancelled))
                    .isInstanceOf(CancellationException.class);
            assertThat(Files.size(folder.resolve("day.wav"))).isLessThan(plan.samples() * 2);
        }
    }
}
