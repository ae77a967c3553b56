package org.everytake.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge is judged: media with known offsets must read as what they are. */
class MeasureTest {

    private static final List<String> LOSSLESS = List.of("-c:v", "ffv1", "-c:a", "pcm_s16le");
    private static final List<String> DELIVERED =
            List.of("-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart");

    @TempDir
    Path folder;

    @Test
    void losslessClipReadsZero() throws IOException {
        Path file = folder.resolve("master.mkv");
        CardClip.write(file, TestCard.clip(0), 30, 8, 0, LOSSLESS);

        Synchrony seen = only(file, TestCard.clip(0));

        assertThat(seen.pane()).isEqualTo(new Region(0, 0, 640, 360));
        assertThat(seen.clockShare()).isEqualTo(1);
        assertThat(seen.soundLate().count()).isEqualTo(7);
        assertThat(seen.soundLate().medianMillis()).isCloseTo(0, within(1.0));
        assertThat(seen.soundLate().spreadMillis()).isLessThan(1.5);
        assertThat(seen.flashes().medianMillis()).isCloseTo(0, within(1.0));
    }

    @Test
    void lateSoundReadsAsLate() throws IOException {
        Path file = folder.resolve("late.mkv");
        CardClip.write(file, TestCard.clip(1), 30, 8, 0.08, LOSSLESS);

        Synchrony seen = only(file, TestCard.clip(1));

        assertThat(seen.soundLate().medianMillis()).isCloseTo(80, within(1.0));
        assertThat(seen.flashes().medianMillis()).isCloseTo(80, within(1.0));
    }

    @Test
    void earlySoundReadsAsEarlyAlsoAfterCompressionAndAnotherFrameRate() throws IOException {
        Path file = folder.resolve("early.mp4");
        List<String> at25 = new ArrayList<>(DELIVERED);
        at25.addAll(List.of("-vf", "fps=25:round=near"));
        CardClip.write(file, TestCard.clip(2), 30, 12, -0.05, at25);

        Synchrony seen = only(file, TestCard.clip(2));

        assertThat(seen.clockShare()).isGreaterThan(0.99);
        assertThat(seen.soundLate().medianMillis()).isCloseTo(-50, within(10.0));
        assertThat(seen.soundLate().minMillis()).isGreaterThan(-75);
        assertThat(seen.soundLate().maxMillis()).isLessThan(-25);
        assertThat(Atoms.fastStart(file)).isTrue();
        assertThat(Probe.of(file).video().codec()).isEqualTo("h264");
        assertThat(Probe.of(file).audio().channels()).isEqualTo(1);
        assertThat(Probe.complaint(file)).isEmpty();
    }

    @Test
    void twoCardsInOneCompositeAreToldApart() throws IOException {
        Path left = folder.resolve("left.mkv");
        Path right = folder.resolve("right.mkv");
        Path both = folder.resolve("both.mp4");
        CardClip.write(left, TestCard.clip(0), 30, 8, 0, LOSSLESS);
        CardClip.write(right, TestCard.clip(1), 30, 8, 0.03, LOSSLESS);
        Tool.ffmpeg(
                List.of(
                        "-i",
                        left.toString(),
                        "-i",
                        right.toString(),
                        "-filter_complex",
                        "[0:v][1:v]hstack,pad=1280:720:0:180:color=0x202124[v];[0:a][1:a]amix=normalize=0[a]",
                        "-map",
                        "[v]",
                        "-map",
                        "[a]",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-c:a",
                        "aac",
                        both.toString()),
                null);

        List<Synchrony> seen = Synchrony.measure(both, List.of(TestCard.clip(0), TestCard.clip(1), TestCard.clip(2)));

        assertThat(seen).extracting(Synchrony::name).containsExactly("Anna", "Ben");
        assertThat(seen.get(0).soundLate().medianMillis()).isCloseTo(0, within(2.0));
        assertThat(seen.get(1).soundLate().medianMillis()).isCloseTo(30, within(2.0));
        assertThat(seen.get(1).pane().x()).isCloseTo(640, within(2));
        assertThat(seen.get(1).pane().y()).isCloseTo(180, within(2));
    }

    @Test
    void driftIsSeenInPartsPerMillion() throws IOException {
        Path even = folder.resolve("even.mkv");
        Path drifting = folder.resolve("drifting.mkv");
        CardClip.write(even, TestCard.clip(0), 30, 16, 0, LOSSLESS);
        // The picture as it was, the sound slowed by 2,000 ppm.
        Tool.ffmpeg(
                List.of(
                        "-i",
                        even.toString(),
                        "-af",
                        "asetrate=47904,aresample=48000",
                        "-c:v",
                        "copy",
                        "-c:a",
                        "pcm_s16le",
                        drifting.toString()),
                null);

        assertThat(only(drifting, TestCard.clip(0)).soundLate().driftPpm()).isCloseTo(2000, within(200.0));
    }

    @Test
    void soundIsHeardFromItsFirstToItsLast() throws IOException {
        Path file = folder.resolve("middle.wav");
        Tool.ffmpeg(
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "aevalsrc='0.1*sin(2*PI*440*t)*between(t,1,2.5)':s=48000:d=4",
                        file.toString()),
                null);

        Samples samples = Samples.read(file);

        assertThat(samples.durationSeconds()).isCloseTo(4, within(0.01));
        assertThat(samples.firstSoundSeconds(100)).isCloseTo(1, within(0.02));
        assertThat(samples.lastSoundSeconds(100)).isCloseTo(2.5, within(0.02));
    }

    @Test
    void damagedFileIsComplainedAbout() throws IOException {
        Path file = folder.resolve("whole.mp4");
        CardClip.write(file, TestCard.clip(0), 30, 2, 0, List.of("-c:v", "libx264", "-c:a", "aac"));
        byte[] bytes = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.mp4");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(Atoms.fastStart(file)).isFalse();
        assertThat(Probe.complaint(file)).isEmpty();
        assertThat(Probe.complaint(cut)).isPresent();
    }

    private static Synchrony only(Path file, TestCard card) throws IOException {
        return Synchrony.measure(file, List.of(card)).getFirst();
    }
}
