package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.everytake.render.material.Made;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people whose cameras see nothing but noise, which no encoder can make small. */
class ProfilesTest {
    private static final double SECONDS = 8;

    @TempDir
    Path folder;

    /** Bytes a minute of such a film. */
    private double bytesPerMinute(Preset preset) throws Exception {
        Script script = Script.of("Noise", "anna", "ben").stops(SECONDS);
        for (String person : new String[] {"anna", "ben"}) {
            Performer performer = new Performer(script, person, 0, 0);
            performer.camera(VideoClip.of("color=c=gray:s=320x240:r=30,noise=alls=90:allf=t"), 0, SECONDS);
            performer.microphone(SoundClip.beeps(1000, 31), 0, SECONDS);
        }
        Made made = Made.of(script, preset, Files.createDirectory(folder.resolve(preset.name())));
        return made.rendered().sizeBytes() * 60 / SECONDS;
    }

    @Test
    void REN_6_profilesStayWithinTheirBoundsWhateverIsSeen() throws Exception {
        assertThat(bytesPerMinute(Preset.LD)).isBetween(0.9e6, 1.5e6);
        assertThat(bytesPerMinute(Preset.SD)).isBetween(1.5e6, 2.5e6);
        assertThat(bytesPerMinute(Preset.HD)).isBetween(2.5e6, 16e6);
    }

    @Test
    void REN_6_aFilmCanBe1080LinesHigh() throws Exception {
        Script script = Script.of("Large", "anna").stops(1);
        new Performer(script, "anna", 0, 0).camera(VideoClip.flashes("0x20c020", 320, 180), 0, 1);
        Made.of(script, Preset.FULL_HD, folder);
    }
}
