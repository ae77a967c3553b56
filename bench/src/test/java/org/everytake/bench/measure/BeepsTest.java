package org.everytake.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BeepsTest {

    private static final int RATE = 48_000;
    private static final double PITCH_HZ = 1000;

    private final short[] values = new short[3 * RATE];

    @Test
    void oneBeepIsOneOnsetHoweverItsLoudnessWavers() {
        beep(1.0, 1.05, 1);
        beep(1.05, 1.06, 0.3);
        beep(1.06, 1.1, 0.7);
        beep(2.0, 2.1, 1);

        double[] onsets = Beeps.onsets(new Samples(values, RATE), PITCH_HZ);

        assertThat(onsets).hasSize(2);
        assertThat(onsets[0]).isCloseTo(1.0, within(0.002));
        assertThat(onsets[1]).isCloseTo(2.0, within(0.002));
    }

    @Test
    void beepThatWasUnderWayAtTheBeginningHasNoOnset() {
        beep(0.01, 0.06, 1);
        beep(1.0, 1.1, 1);

        double[] onsets = Beeps.onsets(new Samples(values, RATE), PITCH_HZ);

        assertThat(onsets).hasSize(1);
        assertThat(onsets[0]).isCloseTo(1.0, within(0.002));
    }

    private void beep(double from, double to, double loudness) {
        for (int i = (int) (from * RATE); i < to * RATE; i++) {
            values[i] = (short) (10_000 * loudness * Math.sin(2 * Math.PI * PITCH_HZ * i / RATE));
        }
    }
}
