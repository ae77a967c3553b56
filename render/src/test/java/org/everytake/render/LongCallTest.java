package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.everytake.render.material.Judged;
import org.everytake.render.material.Made;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two people over a bad network for 3 minutes, or as many as {@code -Deverytake.minutes} says: clocks that are 100 ppm apart
 * from the session's, each its own way; 3 % of the packets lost, those of pictures sent again; mutes, and two who come back.
 */
class LongCallTest {
    private static final double SECONDS = 60.0 * Integer.getInteger("everytake.minutes", 3);
    private static final double ANNA_PITCH = 1000;
    private static final double BEN_PITCH = 1700;

    /** A stretch in which somebody is not seen or not heard. */
    private record Away(double from, double to) {
        /** With some time for the next key frame. */
        boolean has(double at) {
            return at > from - 0.5 && at < to + 3;
        }
    }

    @TempDir
    Path folder;

    private final Script script = Script.of("Long call", "anna", "ben").stops(SECONDS);

    private static boolean isLost(long sequence) {
        return sequence * 2_654_435_761L % 1_000 < 30;
    }

    /** With camera and microphone; both are gone for two seconds where the connection is. */
    private Away performs(String person, String colour, double pitch, double ppm, double gone) throws Exception {
        Performer performer = new Performer(script, person, 0, ppm);
        Away away = new Away(gone, gone + 2);
        for (double[] part : new double[][] {{0, away.from()}, {away.to(), SECONDS}}) {
            // sent again, and here a round trip later
            performer.losing(sequence -> false).late(sequence -> isLost(sequence) ? 0.08 : 0);
            int camera = performer.camera(VideoClip.flashes(colour, 320, 180), part[0], part[1]);
            performer.losing(LongCallTest::isLost).late(sequence -> 0);
            int microphone = performer.microphone(SoundClip.beeps(pitch, 31), part[0], part[1]);
            if (part[1] < SECONDS) { // when the last that was sent again is there
                script.closes(part[1] + 0.3, camera).closes(part[1] + 0.3, microphone);
            }
        }
        return away;
    }

    private Away mutes(String person, Kind kind, double from) {
        script.mutes(from, person, kind, true).mutes(from + 6, person, kind, false);
        return new Away(from, from + 6);
    }

    @Test
    void REN_3_everythingIsTogetherAllTheTime() throws Exception {
        List<Away> anna = new ArrayList<>(List.of(
                performs("anna", "0x204060", ANNA_PITCH, 100, SECONDS * 0.3),
                mutes("anna", Kind.CAMERA, SECONDS * 0.5)));
        List<Away> ben = new ArrayList<>(List.of(
                performs("ben", "0x602040", BEN_PITCH, -100, SECONDS * 0.6),
                mutes("ben", Kind.MICROPHONE, SECONDS * 0.8)));
        Made made = Made.of(script, Preset.COMPOSITE, folder);
        assertThat(made.rendered().durationNanos()).isEqualTo(Script.nanos(SECONDS));
        short[] samples = made.judged().samples();
        assertTogether(made, 0, Judged.beeps(samples, ANNA_PITCH), anna);
        assertTogether(made, 1, Judged.beeps(samples, BEN_PITCH), ben);
    }

    private static void assertTogether(Made made, int pane, List<Double> beeps, List<Away> away) throws Exception {
        List<Double> flashes = made.judged().flashes(made.middle(0, pane));
        List<Double> heard = beeps.stream()
                .skip(1) // before the very first flash there is no dark picture
                .filter(beep -> away.stream().noneMatch(gone -> gone.has(beep)))
                .toList();
        assertThat(heard.size()).isGreaterThan((int) ((SECONDS - 20) * 30 / 31));
        List<Double> offsets = Judged.offsetsMillis(flashes, heard);
        double frame = 1000.0 / made.plan().preset().framesPerSecond();
        assertThat(offsets).allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(40 + frame)));
        assertThat(Judged.median(offsets)).isCloseTo(0, within(15.0));
        assertThat(beeps.getFirst()).as("the beginning").isCloseTo(0, within(0.04));
        double last = Math.floor((SECONDS - 0.2) * 30 / 31) * 31 / 30;
        assertThat(beeps.getLast()).as("the end").isCloseTo(last, within(0.04 + SECONDS * 1e-4));
    }
}
