package org.everytake.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of a file is judged by the file's own time. */
class StretchTest {
    private static final List<String> DELIVERED =
            List.of("-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart");

    @TempDir
    Path folder;

    @Test
    void partReadsAsItLiesInTheFile() throws IOException {
        Path file = folder.resolve("late.mp4");
        CardClip.write(file, TestCard.clip(1), 30, 30, 0.08, DELIVERED);

        List<Synchrony> seen = Synchrony.measure(file, List.of(TestCard.clip(1)), new Stretch(11.3, 12, 1280, 720));

        assertThat(seen).hasSize(1);
        Synchrony part = seen.getFirst();
        assertThat(part.frames()).isBetween(358, 361);
        assertThat(part.clockShare()).isGreaterThan(0.99);
        assertThat(part.readings()).allSatisfy(reading -> {
            assertThat(reading.seconds()).isBetween(11.29, 23.31);
            assertThat(reading.sourceSeconds()).isCloseTo(reading.seconds(), within(0.002));
        });
        assertThat(Arrays.stream(part.beepSeconds()).toArray()).hasSizeBetween(11, 12);
        assertThat(part.soundLate().medianMillis()).isCloseTo(80, within(2.0));
    }
}
