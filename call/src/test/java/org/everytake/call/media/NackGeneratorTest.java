package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NackGeneratorTest {
    private static final long MILLISECOND = 1_000_000;

    private final NackGenerator nack = new NackGenerator();
    private final long[] due = new long[256];
    private long now = 5_000 * MILLISECOND;

    private void arrive(long... sequences) {
        for (long sequence : sequences) {
            nack.arrived(sequence, now);
        }
    }

    private long[] dueAfter(long milliseconds) {
        now += milliseconds * MILLISECOND;
        return Arrays.copyOf(due, nack.due(now, due));
    }

    @Test
    void whatOnlyCameOutOfOrderIsNotAskedFor() {
        arrive(100, 102, 101, 103);
        assertThat(dueAfter(50)).isEmpty();
        arrive(106);
        assertThat(dueAfter(10)).isEmpty();
        arrive(105, 104);
        assertThat(dueAfter(50)).isEmpty();
        assertThat(nack.missing()).isZero();
    }

    @Test
    void aGapIsAskedForAndThenAgainAfterARoundTrip() {
        arrive(100, 104);
        assertThat(dueAfter(15)).containsExactly(101, 102, 103);
        assertThat(dueAfter(20)).isEmpty();
        arrive(102);
        assertThat(dueAfter(60)).isEmpty();
        assertThat(dueAfter(60)).containsExactly(101, 103);
        arrive(101, 103);
        assertThat(dueAfter(500)).isEmpty();
        assertThat(nack.givenUp()).isZero();
    }

    @Test
    void theRoundTripIsMeasuredByFirstAttemptsOnly() {
        long before = nack.roundTripNanos();
        for (int i = 0; i < 40; i++) {
            arrive(1_000 + 10 * i, 1_002 + 10 * i);
            dueAfter(15);
            now += 10 * MILLISECOND;
            arrive(1_001 + 10 * i);
            arrive(1_003 + 10 * i, 1_004 + 10 * i, 1_005 + 10 * i, 1_006 + 10 * i, 1_007 + 10 * i);
            arrive(1_008 + 10 * i, 1_009 + 10 * i);
        }
        assertThat(nack.roundTripNanos()).isLessThan(before / 5).isGreaterThan(5 * MILLISECOND);
    }

    @Test
    void itGivesUpInTheEnd() {
        arrive(100, 102);
        int asked = 0;
        for (int i = 0; i < 500; i++) {
            asked += dueAfter(10).length;
        }
        assertThat(asked).isBetween(3, NackGenerator.MOST_ATTEMPTS);
        assertThat(nack.givenUp()).isEqualTo(1);
        assertThat(nack.missing()).isZero();
        arrive(101);
        assertThat(nack.givenUp()).isEqualTo(1);
    }

    @Test
    void anOutageIsNotAskedFor() {
        arrive(100, 101 + NackGenerator.LARGEST_GAP + 1);
        assertThat(dueAfter(100)).isEmpty();
        assertThat(nack.givenUp()).isEqualTo(NackGenerator.LARGEST_GAP + 1);
    }

    @Test
    void manyGapsStayBounded() {
        arrive(1_000);
        for (int i = 1; i < 5_000; i++) {
            arrive(1_000 + 2 * i);
        }
        assertThat(nack.missing()).isLessThanOrEqualTo(512);
        assertThat(dueAfter(20)).hasSizeLessThanOrEqualTo(256);
    }
}
