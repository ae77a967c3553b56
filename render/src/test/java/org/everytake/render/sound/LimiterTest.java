package org.everytake.render.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LimiterTest {
    @Test
    void nothingClipsAndWhatIsQuietIsLeftAlone() {
        Limiter limiter = new Limiter();
        Random random = new Random(3);
        float[] block = new float[Limiter.BLOCK];
        float[] before = new float[Limiter.BLOCK];
        short[] out = new short[Limiter.BLOCK];
        for (int n = 0; n < 2000; n++) {
            float level = n % 400 < 200 ? 9_000 : 120_000;
            System.arraycopy(block, 0, before, 0, block.length);
            for (int i = 0; i < block.length; i++) {
                block[i] = level * (2 * random.nextFloat() - 1);
            }
            limiter.next(block, out);
            for (int i = 0; i < out.length; i++) {
                assertThat((int) out[i]).isBetween(-32_001, 32_001);
                if (n % 400 > 80 && n % 400 < 199) {
                    assertThat((float) out[i]).isCloseTo(before[i], within(0.51f));
                }
            }
        }
    }
}
