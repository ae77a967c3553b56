package org.everytake.studio.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FillRateTest {
    private static final String DISK = "/data";
    private static final long SECOND = 1_000_000_000L;

    private final FillRate rate = new FillRate();

    @Test
    void aDiskIsFullWhenItGoesOnAsItDid() {
        for (int second = 0; second <= 120; second += 10) {
            rate.note(DISK, 1_000_000 - second * 1_000, second * SECOND);
        }
        assertThat(rate.fullIn(DISK, 880_000, 120 * SECOND)).hasValue(Duration.ofSeconds(880));
    }

    @Test
    void onlyTheLastTenMinutesCount() {
        rate.note(DISK, 1_000_000_000, 0);
        for (int second = 100; second <= 800; second += 10) {
            rate.note(DISK, 100_000 - second, second * SECOND);
        }
        assertThat(rate.fullIn(DISK, 99_200, 800 * SECOND)).hasValue(Duration.ofSeconds(99_200));
    }

    @Test
    void nothingIsToldOfADiskThatDoesNotFillOrIsNotKnownForAMinute() {
        assertThat(rate.fullIn(DISK, 1, 1)).isEmpty();
        rate.note(DISK, 1_000, 0);
        assertThat(rate.fullIn(DISK, 500, 59 * SECOND)).isEmpty();
        assertThat(rate.fullIn(DISK, 1_000, 61 * SECOND)).isEmpty();
        assertThat(rate.fullIn(DISK, 2_000, 61 * SECOND)).isEmpty();
        assertThat(rate.fullIn(DISK, 500, 61 * SECOND)).hasValue(Duration.ofSeconds(61));
        rate.note("/large", 1_000_000_000, 0);
        assertThat(rate.fullIn("/large", 999_999_999, 600 * SECOND)).isEmpty();
    }
}
