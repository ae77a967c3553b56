package org.everytake.studio.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.everytake.studio.signal.Passes.Pass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes that are ours, and those that somebody would like to be. */
class PassesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T10:00:00Z"));
    private final Passes passes = new Passes(key(1), now::get);

    private static byte[] key(long seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return key;
    }

    @Test
    void whatIsIssuedIsReadByWhoeverHasTheKey() {
        String pass = passes.issue("s1", "p1", RoomRole.CO_HOST);

        assertThat(new Passes(key(1), now::get).read("s1", pass)).contains(new Pass("p1", RoomRole.CO_HOST));
        assertThat(pass).hasSizeLessThan(512);
    }

    @Test
    void itIsGoodForItsSessionAndItsTimeOnlyAndUnderItsKey() {
        String pass = passes.issue("s1", "p1", RoomRole.HOST);

        assertThat(passes.read("s2", pass)).isEmpty();
        assertThat(new Passes(key(2), now::get).read("s1", pass)).isEmpty();
        now.updateAndGet(time -> time.plus(Passes.GOOD_FOR).minusSeconds(1));
        assertThat(passes.read("s1", pass)).isPresent();
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(1)));
        assertThat(passes.read("s1", pass)).isEmpty();
    }

    @Test
    void noCharacterOfItCanBeChanged() {
        String pass = passes.issue("s1", "p1", RoomRole.ATTENDEE);
        // The last character's low bits are none of the code's: RFC 4648, section 3.5.
        for (int i = 0; i < pass.length() - 1; i++) {
            String other = pass.substring(0, i) + (pass.charAt(i) == 'A' ? 'B' : 'A') + pass.substring(i + 1);
            assertThat(passes.read("s1", other)).as(other).isEmpty();
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "v1.",
                "v1..",
                "v1.AAAA.%%%",
                "v1.%%%.AAAA",
                "v1.AAAA.AAAA",
                "v2.AAAA.AAAA",
                "\u0000"
            })
    void whatIsNoPassIsNobodys(String text) {
        assertThat(passes.read("s1", text)).isEmpty();
    }
}
