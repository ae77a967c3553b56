package org.everytake.peer.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SenderClockTest {
    private static final Instant TRUE_TIME = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void isAheadByItsOffsetAndGainsByItsSkew() {
        SenderClock clock = SenderClock.of(1000, TRUE_TIME, Duration.ofSeconds(3), 100);
        assertThat(clock.at(1000)).isEqualTo(TRUE_TIME.plusSeconds(3));
        long minute = Duration.ofMinutes(1).toNanos();
        assertThat(clock.at(1000 + minute)).isEqualTo(TRUE_TIME.plusSeconds(63).plusMillis(6));
        assertThat(clock.nanoTimeAt(clock.elapsedNanos(1000 + minute))).isEqualTo(1000 + minute);
    }

    @Test
    void ntpCountsFrom1900InFractionsOfTwoToThe32() {
        SenderClock clock = SenderClock.of(0, Instant.parse("1970-01-01T00:00:00.5Z"), Duration.ZERO, 0);
        assertThat(clock.ntp(0)).isEqualTo(2_208_988_800L << 32 | 0x80000000L);
    }
}
