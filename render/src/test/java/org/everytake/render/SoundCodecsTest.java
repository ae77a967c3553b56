package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.material.Judged;
import org.everytake.render.material.MemoryOutput;
import org.everytake.render.material.MemoryTape;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codecs of sound and their redundancy, judged by what is heard. */
class SoundCodecsTest {
    private static final int RATE = 48_000;

    @TempDir
    Path folder;

    private record Heard(short[] samples, List<String> remarks) {}

    private Heard render(Script script) throws Exception {
        RenderPlan plan = RenderPlan.of(Timeline.of(new MemoryTape(script)), Preset.SOUND);
        Path file = folder.resolve("sound.mp3");
        Rendered rendered = new Renderer(Ffmpeg.find(null), folder.resolve("scratch"))
                .render(plan, new MemoryTape(script), new MemoryOutput(file), Progress.SILENT);
        return new Heard(new Judged(file, 25).samples(), rendered.remarks());
    }

    private static void hasNoHoles(short[] samples, double level) {
        for (int at = RATE / 5; at < samples.length - RATE / 5; at += RATE / 100) {
            double power = 0;
            for (int i = 0; i < RATE / 100; i++) {
                power += (double) samples[at + i] * samples[at + i];
            }
            assertThat(Math.sqrt(power / (RATE / 100.0)))
                    .as("at %s s", (double) at / RATE)
                    .isCloseTo(level, within(0.3 * level));
        }
    }

    @Test
    void CAP_13_copiesFillWhatTheNetworkLost() throws Exception {
        Script script = Script.of("Copies", "anna").stops(8);
        new Performer(script, "anna", 0, 0)
                .losing(sequence -> sequence % 10 < 2) // a fifth, two at a time
                .repeating(2)
                .microphone(SoundClip.tone(440, 0.3, 8), 0, 8);
        Heard heard = render(script);
        hasNoHoles(heard.samples(), 0.3 * 32_767 / Math.sqrt(2));
        assertThat(heard.remarks()).isEmpty();
    }

    @Test
    void everyCopyIsHeardOnce() throws Exception {
        Script script = Script.of("Copies", "anna").stops(4);
        new Performer(script, "anna", 0, 0).repeating(1).microphone(SoundClip.tone(440, 0.3, 4), 0, 4);
        Heard heard = render(script);
        assertThat(heard.remarks()).isEmpty();
        hasNoHoles(heard.samples(), 0.3 * 32_767 / Math.sqrt(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PCMU", "PCMA"})
    void CAP_3_aTelephoneIsHeardInTimeAndWithoutNoise(String codec) throws Exception {
        Script script = Script.of("Telephone", "anna").stops(6);
        Performer anna = new Performer(script, "anna", 0, 60);
        anna.microphone(SoundClip.telephone(codec, 1000, 7), 0, 6);
        anna.microphone(SoundClip.beeps(1700, 7), 0, 6);
        Heard heard = render(script);
        assertThat(heard.remarks()).isEmpty();
        List<Double> beeps = Judged.beeps(heard.samples(), 1000);
        List<Double> opus = Judged.beeps(heard.samples(), 1700);
        assertThat(beeps).hasSize(6);
        for (int i = 1; i < beeps.size(); i++) {
            assertThat(beeps.get(i)).isCloseTo(opus.get(i), within(0.002));
        }
        // 50 ms within a beep: loud, and next to nothing where its mirror images at 7 and 9 kHz would be
        int from = (int) (RATE * (beeps.get(1) + 0.025));
        assertThat(level(heard.samples(), from, 1000)).isGreaterThan(14_000); // both together are limited
        assertThat(level(heard.samples(), from, 7000)).isLessThan(100);
        assertThat(level(heard.samples(), from, 9000)).isLessThan(100);
    }

    private static double level(short[] samples, int from, double pitchHz) {
        double re = 0;
        double im = 0;
        int count = RATE / 20;
        for (int i = 0; i < count; i++) {
            double phase = 2 * Math.PI * pitchHz * i / RATE;
            re += samples[from + i] * Math.cos(phase);
            im += samples[from + i] * Math.sin(phase);
        }
        return 2 * Math.hypot(re, im) / count;
    }

    @Test
    void shortLossesOfATelephoneFadeOut() throws Exception {
        Script script = Script.of("Telephone", "anna").stops(3);
        new Performer(script, "anna", 0, 0)
                .losing(sequence -> sequence == 65_050)
                .microphone(SoundClip.telephone("PCMU", 1000, 4), 0, 3);
        assertThat(render(script).remarks()).containsExactly("Sound of 20 ms was lost on the way and made up.");
    }
}
