package org.everytake.render.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
    private static final int PACKET = 960;

    private static short[] sine(long first, double pitchHz) {
        short[] pcm = new short[PACKET];
        for (int i = 0; i < PACKET; i++) {
            pcm[i] = (short) Math.round(20_000 * Math.sin(2 * Math.PI * pitchHz * (first + i) / 48_000));
        }
        return pcm;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 200, -200, 30_000, -30_000})
    void aDriftingClockIsFollowedWithoutAGapOrAnAccumulatingError(double ppm) {
        double rate = 1 + ppm * 1e-6;
        Resampler resampler = new Resampler();
        long next = 0;
        double worst = 0;
        for (long n = 0; n < 3000; n++) {
            double from = n * PACKET / rate;
            Resampler.Placed placed = resampler.place(sine(n * PACKET, 440), PACKET, from, (n + 1) * PACKET / rate);
            assertThat(placed.start()).as("packet %s follows", n).isEqualTo(next);
            next = placed.end();
            for (int i = n == 0 ? 4 : 0; i < placed.samples().length; i++) {
                double expected = 20_000 * Math.sin(2 * Math.PI * 440 * (placed.start() + i) * rate / 48_000);
                worst = Math.max(worst, Math.abs(placed.samples()[i] - expected));
            }
        }
        assertThat(worst).isLessThan(12);
    }

    @Test
    void afterAResetSamplesLieWhereTheyBelong() {
        Resampler resampler = new Resampler();
        resampler.place(sine(0, 440), PACKET, 0, PACKET);
        resampler.reset();
        Resampler.Placed placed = resampler.place(sine(0, 440), PACKET, 5000.25, 5960.25);
        assertThat(placed.start()).isEqualTo(5001);
        List<Integer> wrong = new ArrayList<>();
        for (int i = 0; i < placed.samples().length; i++) {
            double expected = 20_000 * Math.sin(2 * Math.PI * 440 * (i + 0.75) / 48_000);
            if (Math.abs(placed.samples()[i] - expected) > 40) {
                wrong.add(i);
            }
        }
        assertThat(wrong).allMatch(i -> i < 3);
    }
}
