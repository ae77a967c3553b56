package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.everytake.render.material.Judged;
import org.everytake.render.material.Made;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Composites as WebM, judged by what FFmpeg makes of the file; {@link Made} sees to what holds of every film. */
class WebmRenderingTest {
    private static final double PITCH = 1000;

    @TempDir
    Path folder;

    private static Script script(double seconds) throws IOException {
        Script script = Script.of("Weekly review", "anna", "ben").stops(seconds);
        Performer anna = new Performer(script, "anna", 3, 100);
        anna.camera(VideoClip.flashes("0x204060", 320, 180), 0, seconds);
        anna.microphone(SoundClip.beeps(PITCH, 31), 0, seconds);
        script.joins(4, "carl", "Carl");
        return script;
    }

    private void staysInTime(Made made) throws IOException {
        List<Double> beeps = Judged.beeps(made.judged().samples(), PITCH);
        List<Double> flashes = made.judged().flashes(made.middle(0, 0));
        List<Double> offsets =
                Judged.offsetsMillis(flashes, beeps.stream().skip(1).toList());
        assertThat(offsets.size()).isGreaterThan(1);
        assertThat(offsets).allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(25.0)));
    }

    @Test
    void REN_4_aCompositeInVp8IsInTime() throws Exception {
        Made made = Made.of(script(9), Preset.WEBM_VP8, folder);
        assertThat(made.plan().chunks()).as("joins without encoding again").hasSize(2);
        List<Double> beeps = Judged.beeps(made.judged().samples(), PITCH);
        assertThat(beeps.size()).isGreaterThan(7);
        assertThat(made.judged().probe("v:0", "packet=flags,pts_time").lines().filter(line -> line.startsWith("K")))
                .as("a key frame each 3.2 s of each chunk")
                .hasSize(4);
        assertThat(made.judged().probe("v:0", "format_tags=title")).isEqualTo("Weekly review");
    }

    @Test
    void REN_4_aCompositeInVp9IsInTimeAndTheSameEachTime() throws Exception {
        Made made = Made.of(script(3), Preset.WEBM_VP9, Files.createDirectory(folder.resolve("once")));
        staysInTime(made);
        Made again = Made.of(script(3), Preset.WEBM_VP9, Files.createDirectory(folder.resolve("again")));
        assertThat(Files.mismatch(made.file(), again.file())).isEqualTo(-1);
    }

    @Test
    void REN_4_aCompositeInAv1IsInTime() throws Exception {
        staysInTime(Made.of(script(3), Preset.WEBM_AV1, folder));
    }
}
