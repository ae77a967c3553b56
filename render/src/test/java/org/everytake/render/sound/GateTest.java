package org.everytake.render.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.everytake.render.Span;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final int RAMP = 240;
    private static final int START = 1_000;
    private static final int END = 4_000;
    private static final int LATER_START = 6_000;
    private static final int LATER_END = 6_300; // too short to open wholly

    private static long nanos(int sample) {
        return Math.ceilDiv(sample * 1_000_000_000L, 48_000);
    }

    private static float gain(int sample, int start, int end) {
        return Math.clamp(Math.min(sample - start + 1, end - sample) / (float) RAMP, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 240, 8_000})
    void whatComesThroughRisesAndFallsAtTheEndsOfEachSpan(int block) {
        Gate gate =
                new Gate(List.of(new Span(nanos(START), nanos(END)), new Span(nanos(LATER_START), nanos(LATER_END))));
        float[] samples = new float[8_000];
        Arrays.fill(samples, 2);
        float[] through = new float[samples.length];
        Arrays.fill(through, 10);
        for (int at = 0; at < samples.length; at += block) {
            gate.add(samples, at, Math.min(block, samples.length - at), at, through, at);
        }
        for (int i = 0; i < through.length; i++) {
            float open = Math.max(gain(i, START, END), gain(i, LATER_START, LATER_END));
            assertThat(through[i]).as("sample %d", i).isEqualTo(10 + 2 * open);
        }
    }
}
