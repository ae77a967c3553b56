package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.everytake.call.media.ThinnedNumbers.Fate;
import org.junit.jupiter.api.Test;

class ThinnedNumbersTest {
    private static final long FIRST = 65_530;

    private final ThinnedNumbers numbers = new ThinnedNumbers(FIRST, 7);

    @Test
    void CAP_3_whatIsLeftOutLeavesNoGap() {
        assertThat(numbers.send(FIRST)).isEqualTo(7);
        numbers.leaveOut(FIRST + 1);
        numbers.leaveOut(FIRST + 2);
        assertThat(numbers.send(FIRST + 3)).isEqualTo(8);
        assertThat(numbers.sequenceOf(8)).isEqualTo(FIRST + 3);
        assertThat(numbers.awaited(FIRST + 1)).isEqualTo(-1);
        assertThat(numbers.isNewest(FIRST + 3)).isFalse();
        assertThat(numbers.isNewest(FIRST + 4)).isTrue();
    }

    @Test
    void whatTheNetworkLosesKeepsItsNumberUntilItComes() {
        numbers.send(FIRST);
        assertThat(numbers.send(FIRST + 3)).as("two are missing").isEqualTo(10);
        numbers.leaveOut(FIRST + 5);
        assertThat(numbers.send(FIRST + 6)).as("one more, and one left out").isEqualTo(12);
        assertThat(numbers.awaited(FIRST + 2)).isEqualTo(9);
        assertThat(numbers.awaited(FIRST + 4)).isEqualTo(11);
        assertThat(numbers.fate(numbers.sequenceOf(9))).isEqualTo(Fate.AWAITED);
        numbers.became(FIRST + 2, Fate.FILLED);
        assertThat(numbers.awaited(FIRST + 2)).isEqualTo(-1);
        assertThat(numbers.fate(numbers.sequenceOf(9))).isEqualTo(Fate.FILLED);
        assertThat(numbers.next()).isEqualTo(13);
    }

    @Test
    void anOutageLeavesItsGapAndForgetsWhatWas() {
        numbers.send(FIRST);
        assertThat(numbers.send(FIRST + 5_001)).isEqualTo(7 + 5_001);
        assertThat(numbers.sequenceOf(7)).isEqualTo(-1);
        assertThat(numbers.sequenceOf(7 + 5_000)).isEqualTo(FIRST + 5_000);
        assertThat(numbers.awaited(FIRST + 1)).isEqualTo(-1);
        assertThat(numbers.awaited(FIRST + 5_000)).isEqualTo(7 + 5_000);
    }

    @Test
    void onlySoManyAreRemembered() {
        for (int i = 0; i < 10_000; i++) {
            if (i % 5 == 4) {
                numbers.leaveOut(FIRST + i);
            } else {
                long out = numbers.send(FIRST + i);
                assertThat(numbers.sequenceOf(out)).isEqualTo(FIRST + i);
            }
        }
        assertThat(numbers.next()).isEqualTo(7 + 8_000);
        assertThat(numbers.sequenceOf(7)).isEqualTo(-1);
        assertThat(numbers.sequenceOf(8_000)).isEqualTo(FIRST + 9_991);
        assertThat(numbers.sequenceOf(7 + 8_000)).as("not given yet").isEqualTo(-1);
        assertThat(numbers.sequenceOf(-1)).isEqualTo(-1);
    }
}
