package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
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
 * What is lost of a beep is lost for the ear, too, so beeps are judged of which all was received.
 */
class LongCallTest {
    private static final double SECONDS = 60.0 * Integer.getInteger("everytake.minutes", 3);
    /** Frames of 30 to a second from one flash and beep to the next. */
    private static final double PERIOD_SECONDS = 31 / 30.0;

    private static final double BEEP_SECONDS = 0.1;
    private static final double PACKETS_PER_SECOND = 50;

    /** The number of a take's first packet. */
    private static final long FIRST_SEQUENCE = 65_000;

    /** A stretch in which somebody is not seen or not heard. */
    private record Away(double from, double to) {
        /** With some time for the next key frame. */
        boolean has(double at) {
            return at > from - 0.5 && at < to + 3;
        }
    }

    /**
     * Somebody with camera and microphone.
     *
     * @param pitch of their beeps
     * @param ppm by which their clock is too fast
     * @param gone from both, as their connection was lost
     * @param muted one of the two
     */
    private record Caller(String name, String colour, double pitch, double ppm, Away gone, Away muted) {
        private double rate() {
            return 1 + ppm / 1e6;
        }

        /** When each beep comes that is sent and seen, and of which the network lost nothing. */
        List<Double> beeps() {
            return LongStream.range(1, (long) ((SECONDS - 0.2) * rate() / PERIOD_SECONDS))
                    .filter(this::isReceived)
                    .mapToObj(beep -> beep * PERIOD_SECONDS / rate())
                    .filter(at -> !gone.has(at) && !muted.has(at))
                    .toList();
        }

        /** The packet before it counts, too: what comes after a loss begins softly. */
        private boolean isReceived(long beep) {
            double at = beep * PERIOD_SECONDS;
            long first = at / rate() < gone.to ? 0 : (long) Math.ceil(gone.to * PACKETS_PER_SECOND * rate());
            return LongStream.rangeClosed(
                            (long) (at * PACKETS_PER_SECOND) - 1, (long) ((at + BEEP_SECONDS) * PACKETS_PER_SECOND) + 1)
                    .noneMatch(packet -> isLost(FIRST_SEQUENCE + packet - first));
        }
    }

    private static final Caller ANNA = new Caller(
            "anna",
            "0x204060",
            1000,
            100,
            new Away(SECONDS * 0.3, SECONDS * 0.3 + 2),
            new Away(SECONDS * 0.5, SECONDS * 0.5 + 6));
    private static final Caller BEN = new Caller(
            "ben",
            "0x602040",
            1700,
            -100,
            new Away(SECONDS * 0.6, SECONDS * 0.6 + 2),
            new Away(SECONDS * 0.8, SECONDS * 0.8 + 6));

    @TempDir
    Path folder;

    private final Script script = Script.of("Long call", "anna", "ben").stops(SECONDS);

    private static boolean isLost(long sequence) {
        return sequence * 2_654_435_761L % 1_000 < 30;
    }

    private void performs(Caller caller, Kind muted) throws Exception {
        Performer performer = new Performer(script, caller.name, 0, caller.ppm);
        for (double[] part : new double[][] {{0, caller.gone.from}, {caller.gone.to, SECONDS}}) {
            // sent again, and here a round trip later
            performer.losing(sequence -> false).late(sequence -> isLost(sequence) ? 0.08 : 0);
            int camera = performer.camera(VideoClip.flashes(caller.colour, 320, 180), part[0], part[1]);
            performer.losing(LongCallTest::isLost).late(sequence -> 0);
            int microphone = performer.microphone(SoundClip.beeps(caller.pitch, 31), part[0], part[1]);
            if (part[1] < SECONDS) { // when the last that was sent again is there
                script.closes(part[1] + 0.3, camera).closes(part[1] + 0.3, microphone);
            }
        }
        script.mutes(caller.muted.from, caller.name, muted, true).mutes(caller.muted.to, caller.name, muted, false);
    }

    @Test
    void REN_3_everythingIsTogetherAllTheTime() throws Exception {
        performs(ANNA, Kind.CAMERA);
        performs(BEN, Kind.MICROPHONE);
        Made made = Made.of(script, Preset.COMPOSITE, folder);
        assertThat(made.rendered().durationNanos()).isEqualTo(Script.nanos(SECONDS));
        short[] samples = made.judged().samples();
        assertTogether(made, 0, Judged.beeps(samples, ANNA.pitch), ANNA);
        assertTogether(made, 1, Judged.beeps(samples, BEN.pitch), BEN);
    }

    private static void assertTogether(Made made, int pane, List<Double> heard, Caller caller) throws Exception {
        List<Double> flashes = made.judged().flashes(made.middle(0, pane));
        List<Double> sent = caller.beeps();
        // a beep and what is before it are seven packets or eight, and three of a hundred are lost
        assertThat(sent.size()).as("beeps that are whole").isGreaterThan((int) (0.7 * SECONDS / PERIOD_SECONDS) - 20);
        List<Double> whole = sent.stream().map(beep -> nearest(heard, beep)).toList();
        assertThat(Judged.offsetsMillis(sent, whole))
                .as("heard")
                .allSatisfy(late -> assertThat(late).isCloseTo(0, within(40.0)));
        List<Double> offsets = Judged.offsetsMillis(flashes, whole);
        double frame = 1000.0 / made.plan().preset().framesPerSecond();
        assertThat(offsets).allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(40 + frame)));
        assertThat(Judged.median(offsets)).isCloseTo(0, within(15.0));
        // of the very first beep the network loses the first packet
        assertThat(heard.getFirst()).as("the beginning").isCloseTo(0, within(0.04 + 1 / PACKETS_PER_SECOND));
        assertThat(whole.getLast()).as("the end").isGreaterThan(SECONDS - 5);
    }

    private static double nearest(List<Double> beeps, double to) {
        return beeps.stream()
                .min(Comparator.comparingDouble(beep -> Math.abs(beep - to)))
                .orElse(Double.NaN);
    }
}
