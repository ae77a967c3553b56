package org.everytake.bench.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.everytake.bench.measure.CardClip;
import org.everytake.bench.measure.TestCard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge is judged: a slow camera in a file of 25 frames a second, with known offsets. */
class MomentTest {
    private static final TestCard CARD = new TestCard("Anna", 0, 1000, 6);

    @TempDir
    Path folder;

    @Test
    void lateSoundAndLatePictureReadAsLate() throws IOException {
        Path file = folder.resolve("slow.mp4");
        CardClip.write(file, CARD, 5, 80, 0.06, List.of("-vf", "fps=25", "-c:v", "libx264", "-c:a", "aac"));
        Performer performer = new Performer(CARD, 0, 726);

        Moment moment = Moment.of(file, 15, -0.5, List.of(performer)).getFirst();

        assertThat(moment.pictures()).isBetween(297, 301);
        assertThat(moment.beeps()).isEqualTo(10);
        assertThat(moment.pictureLateMillis()).isCloseTo(500, within(2.0));
        assertThat(moment.soundLateMillis()).isCloseTo(60, within(2.0));
    }

    @Test
    void theSkewOfAClockIsAllowedFor() {
        assertThat(Performer.FAST.played(86_400)).isCloseTo(86_404.32, within(1e-6));
        assertThat(Performer.FAST.trueSeconds(86_404.32)).isCloseTo(86_400, within(1e-6));
        assertThat(Performer.SLOW.played(86_400)).isCloseTo(86_395.68, within(1e-6));
    }
}
