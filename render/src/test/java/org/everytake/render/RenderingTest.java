package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.everytake.render.material.Judged;
import org.everytake.render.material.Made;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderingTest {
    private static final double ANNA_PITCH = 1000;
    private static final double BEN_PITCH = 1700;

    @TempDir
    Path folder;

    private Made render(Script script, Preset preset, String... only) throws Exception {
        return Made.of(script, preset, folder, only);
    }

    private static Performer performs(
            Script script,
            String person,
            String colour,
            double pitch,
            double offset,
            double ppm,
            double from,
            double to)
            throws IOException {
        Performer performer = new Performer(script, person, offset, ppm);
        performer.camera(VideoClip.flashes(colour, 320, 180), from, to);
        performer.microphone(SoundClip.beeps(pitch, 31), from, to);
        return performer;
    }

    @Test
    void REN_3_soundAndPictureOfEachStayTogetherWhateverTheirClocks() throws Exception {
        Script script = Script.of("Weekly review", "anna", "ben").stops(28);
        performs(script, "anna", "0x204060", ANNA_PITCH, 3, 100, 0, 28);
        performs(script, "ben", "0x602040", BEN_PITCH, 0, 0, 0, 28);
        Made made = render(script, Preset.COMPOSITE);
        short[] samples = made.judged().samples();
        // the very first flash has no dark frame before it
        List<Double> anna = Judged.beeps(samples, ANNA_PITCH).stream().skip(1).toList();
        List<Double> ben = Judged.beeps(samples, BEN_PITCH).stream().skip(1).toList();
        for (int pane = 0; pane < 2; pane++) {
            List<Double> flashes = made.judged().flashes(made.middle(0, pane));
            List<Double> offsets = Judged.offsetsMillis(flashes, pane == 0 ? anna : ben);
            assertThat(offsets.size()).isGreaterThan(24);
            assertThat(Judged.median(offsets)).isCloseTo(0, within(10.0));
            assertThat(offsets).allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(25.0)));
        }
        List<Double> between = Judged.offsetsMillis(anna, ben);
        assertThat(between).allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(20.0)));
        assertThat(made.progress()).isSorted().endsWith(1.0);
        assertThat(made.progress().size()).isGreaterThan(5);
    }

    @Test
    void REN_3_lateJoinerLeaverAndMutesAreSeenWhereTheyBelong() throws Exception {
        Script script = Script.of("Comings and goings", "anna").stops(16);
        performs(script, "anna", "0x20c020", ANNA_PITCH, 0, 50, 0, 16);
        script.joins(4, "ben", "Ben").leaves(12, "ben");
        performs(script, "ben", "0x2020c0", BEN_PITCH, 1, -50, 4, 12);
        script.mutes(6, "anna", Kind.CAMERA, true).mutes(8, "anna", Kind.CAMERA, false);
        script.mutes(9, "anna", Kind.MICROPHONE, true).mutes(11, "anna", Kind.MICROPHONE, false);
        Made made = render(script, Preset.COMPOSITE);
        assertThat(made.plan().chunks()).hasSize(3);
        assertGreen(made.judged().colour(2.5, made.middle(0, 0)));
        assertGreen(made.judged().colour(5.5, made.middle(1, 0)));
        assertThat(made.judged().colour(5.5, made.middle(1, 1))[2]).isGreaterThan(150);
        int[] placeholder = made.judged().colour(7, made.middle(1, 0));
        assertThat(placeholder[1]).as("a muted camera shows no picture").isLessThan(110);
        assertGreen(made.judged().colour(8.8, made.middle(1, 0)));
        assertGreen(made.judged().colour(14, made.middle(2, 0)));
        List<Double> beeps = Judged.beeps(made.judged().samples(), ANNA_PITCH);
        assertThat(beeps).noneMatch(beep -> beep > 9.05 && beep < 10.95).anyMatch(beep -> beep > 11);
        assertThat(Judged.beeps(made.judged().samples(), BEN_PITCH)).allMatch(beep -> beep > 4 && beep < 12);
    }

    private static void assertGreen(int[] colour) {
        assertThat(colour[1]).isGreaterThan(130);
        assertThat(colour[0]).isLessThan(90);
    }

    @Test
    void REN_1_aParticipantAloneIsAMovOfFullLength() throws Exception {
        Script script = Script.of("Weekly review", "anna", "ben").stops(8);
        performs(script, "anna", "0x20c020", ANNA_PITCH, 0, 0, 2, 8);
        performs(script, "ben", "0x2020c0", BEN_PITCH, 0, 0, 0, 8);
        Made made = render(script, Preset.PARTICIPANT, "anna");
        assertThat(made.rendered().durationNanos()).isEqualTo(8_000_000_000L);
        assertThat(made.judged().colour(1, new Rect(20, 20, 40, 40))[1]).isLessThan(60);
        assertGreen(made.judged().colour(5.5, new Rect(20, 20, 40, 40)));
        assertThat(Judged.beeps(made.judged().samples(), ANNA_PITCH)).isNotEmpty();
        short[] samples = made.judged().samples();
        for (int i = 0; i < 90_000; i++) {
            assertThat(samples[i]).as("silence before the join").isBetween((short) -40, (short) 40);
        }
    }

    @Test
    void REN_1_whoseCameraGivesNothingAnyMoreIsSeenAsLastOnEachTick() throws Exception {
        Script script = Script.of("Frozen", "anna").stops(6);
        performs(script, "anna", "0x20c020", ANNA_PITCH, 0, 0, 0, 4);
        Made made = render(script, Preset.PARTICIPANT, "anna");
        assertThat(made.judged().shown())
                .isEqualTo(IntStream.range(0, 150).mapToObj(tick -> tick / 25.0).toList());
        assertGreen(made.judged().colour(5.9, new Rect(20, 20, 40, 40)));
    }

    @ParameterizedTest
    @CsvSource({"0, 68", "2, 68", "66, 68", "0, 62", "2, 62"})
    void REN_1_whereverInALongSessionSomebodyIsSeenTheirChunksAreOneFile(double from, double to) throws Exception {
        Script script = Script.of("Long", "anna").stops(68);
        performs(script, "anna", "0x20c020", ANNA_PITCH, 0, 0, from, to);
        if (to < 68) {
            script.mutes(to, "anna", Kind.CAMERA, true);
        }
        Made made = render(script, Preset.PARTICIPANT, "anna");
        assertThat(made.plan().chunks()).hasSize(2);
        assertThat(made.judged().shown()).hasSize(1700);
    }

    @Test
    void aTurnedCameraStaysWithinItsPane() throws Exception {
        Script script = Script.of("Turn", "anna").stops(12);
        new Performer(script, "anna", 0, 0).camera(VideoClip.turning("0x20c020", 320, 180, 60), 0, 12);
        Made made = render(script, Preset.COMPOSITE);
        Rect at = made.plan().chunks().getFirst().panes().getFirst().at();
        Rect leftEdge = new Rect(at.x() + 40, at.y() + 200, 100, 100);
        assertGreen(made.judged().colour(1.5, leftEdge));
        assertThat(made.judged().colour(4.5, leftEdge)[1])
                .as("upright: bars at the sides")
                .isLessThan(80);
        assertGreen(made.judged().colour(11.5, leftEdge)); // turned back, as large as before
        assertGreen(made.judged().colour(4.5, made.middle(0, 0)));
    }

    @Test
    void aRecordingWithoutAnyMediaShowsWhoWasThere() throws Exception {
        Made made = render(Script.of("Silence", "anna").stops(2), Preset.COMPOSITE);
        assertThat(made.plan().ticks()).isEqualTo(50);
        assertThat(made.rendered().remarks()).isEmpty();
    }

    @Test
    void nobodyAtAllIsStillAFile() throws Exception {
        Made made = render(Script.of("Nobody").stops(1), Preset.COMPOSITE);
        assertThat(made.plan().chunks().getFirst().panes()).isEmpty();
    }

    @Test
    void payloadThatNoDecoderTakesLeavesADarkPane() throws Exception {
        Script script = Script.of("Noise", "anna", "ben").stops(4);
        new Performer(script, "anna", 0, 0).camera(VideoClip.garbage(), 0, 4);
        performs(script, "ben", "0x20c020", BEN_PITCH, 0, 0, 0, 4);
        Made made = render(script, Preset.COMPOSITE);
        assertGreen(made.judged().colour(3, made.middle(0, 1)));
    }

    @Test
    void afterALossThePictureIsHeldUntilTheNextKeyFrame() throws Exception {
        Script script = Script.of("Loss", "anna").stops(10);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.losing(sequence -> sequence % 37 == 5).camera(VideoClip.flashes("0x20c020", 320, 180), 0, 10);
        anna.losing(sequence -> sequence % 20 == 7).microphone(SoundClip.tone(ANNA_PITCH, 0.3, 10), 0, 10);
        Made made = render(script, Preset.COMPOSITE);
        assertThat(made.rendered().remarks()).anyMatch(remark -> remark.contains("lost"));
        short[] samples = made.judged().samples();
        for (int at = 9_600; at < 440_000; at += 480) {
            double power = 0;
            for (int i = 0; i < 480; i++) {
                power += (double) samples[at + i] * samples[at + i];
            }
            assertThat(Math.sqrt(power / 480)).as("no hole at sample %s", at).isGreaterThan(100);
        }
    }
}
