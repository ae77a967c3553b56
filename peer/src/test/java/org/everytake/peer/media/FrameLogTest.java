package org.everytake.peer.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameLogTest {
    private final FrameLog log = new FrameLog();

    @Test
    void gapsAreMeasuredWithinASpan() {
        for (long time : new long[] {10, 20, 50, 60}) {
            log.add(time);
        }
        assertThat(log.longestGapNanos(10, 60)).isEqualTo(30);
        assertThat(log.longestGapNanos(20, 100)).as("up to the end").isEqualTo(50 - 10);
        assertThat(log.longestGapNanos(45, 70)).as("from the start").isEqualTo(10);
        assertThat(log.longestGapNanos(21, 49)).as("nothing within").isEqualTo(28);
        assertThat(log.firstFrom(50)).hasValue(50);
        assertThat(log.firstFrom(51)).hasValue(60);
        assertThat(log.firstFrom(61)).isEmpty();
    }

    @Test
    void anEmptyLogIsOneGap() {
        assertThat(log.longestGapNanos(5, 8)).isEqualTo(3);
        assertThat(log.firstFrom(0)).isEmpty();
    }

    @Test
    void itGrows() {
        for (int i = 0; i < 1000; i++) {
            log.add(i);
        }
        assertThat(log.size()).isEqualTo(1000);
        assertThat(log.times()).hasSize(1000).endsWith(999);
    }
}
