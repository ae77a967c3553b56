package org.everytake.studio.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private long now = TimeUnit.DAYS.toNanos(-3);

    private TokenBuckets buckets(int perMinute, int most) {
        return new TokenBuckets(perMinute, most, () -> now);
    }

    private void passes(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void aBucketGivesWhatItHoldsAndThenWhatComesIn() {
        var buckets = buckets(60, 10);
        for (int i = 59; i >= 0; i--) {
            assertThat(buckets.take("a")).isEqualTo(new Allowance(true, i, 0, 60 - i));
        }
        assertThat(buckets.take("a")).isEqualTo(new Allowance(false, 0, 1, 60));
        passes(999);
        assertThat(buckets.take("a").granted()).isFalse();
        passes(2);
        assertThat(buckets.take("a").granted()).isTrue();
        assertThat(buckets.take("a").granted()).isFalse();
        assertThat(buckets.take("b").granted()).isTrue();
    }

    @Test
    void itIsNeverFullerThanFull() {
        var buckets = buckets(2, 10);
        assertThat(buckets.take("a").left()).isEqualTo(1);
        passes(TimeUnit.DAYS.toMillis(2));
        assertThat(buckets.take("a").left()).isEqualTo(1);
        buckets.giveBack("a");
        buckets.giveBack("a");
        buckets.giveBack("nobody");
        assertThat(buckets.take("a").left()).isEqualTo(1);
    }

    @Test
    void aSlowOneSaysHowLongToWait() {
        var buckets = buckets(2, 10);
        buckets.take("a");
        buckets.take("a");
        assertThat(buckets.take("a").waitSeconds()).isEqualTo(30);
        passes(12_000);
        assertThat(buckets.take("a").waitSeconds()).isEqualTo(18);
    }

    @Test
    void aClockThatGoesBackGivesAndTakesNothing() {
        var buckets = buckets(1, 10);
        buckets.take("a");
        passes(-50_000);
        assertThat(buckets.take("a").waitSeconds()).isEqualTo(60);
    }

    @Test
    void amongManyTheOldestFullOneGoesAndTheEmptyOneIsRemembered() {
        var buckets = buckets(1, 3);
        buckets.take("empty");
        buckets.take("full");
        buckets.giveBack("full");
        buckets.take("third");
        buckets.take("fourth");
        assertThat(buckets.size()).isEqualTo(3);
        assertThat(buckets.take("empty").granted()).isFalse();
    }

    @Test
    void aMillionAddressesTakeNoMoreRoomThanSome() {
        var buckets = buckets(10, 1_000);
        for (int i = 0; i < 1_000_000; i++) {
            buckets.take(i);
        }
        assertThat(buckets.size()).isEqualTo(1_000);
    }
}
