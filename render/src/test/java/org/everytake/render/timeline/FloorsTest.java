package org.everytake.render.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FloorsTest {
    private static final double SECONDS = 30;

    private final Map<String, byte[]> levels = new LinkedHashMap<>();

    private FloorsTest speaks(String person, int level, double... fromTo) {
        byte[] own = levels.computeIfAbsent(person, p -> Floors.silence((long) (SECONDS * 1e9)));
        for (int i = 0; i < fromTo.length; i += 2) {
            for (int step = (int) (fromTo[i] * 10); step < fromTo[i + 1] * 10; step++) {
                own[step] = (byte) level;
            }
        }
        return this;
    }

    private List<String> floors() {
        return Floors.of(levels, (long) (SECONDS * 1e9)).stream()
                .map(floor -> String.format(
                        Locale.ROOT,
                        "%s %.1f-%.1f",
                        floor.person(),
                        floor.span().startNanos() / 1e9,
                        floor.span().endNanos() / 1e9))
                .toList();
    }

    @Test
    void whoeverBeginsToSpeakHasItFromThenOn() {
        speaks("anna", 20, 3, 9).speaks("ben", 25, 12, 20);
        assertThat(floors()).containsExactly("anna 0.0-12.0", "ben 12.0-30.0");
    }

    @Test
    void nobodyHasItWhereNobodySpeaks() {
        speaks("anna", 80, 0, 30).speaks("ben", 127, 0, 30);
        assertThat(floors()).isEmpty();
        levels.clear();
        assertThat(floors()).isEmpty();
    }

    @Test
    void neitherACoughNorAWordOfAssentTakesIt() {
        speaks("anna", 25, 0, 10).speaks("ben", 10, 4, 4.3).speaks("carl", 25, 6, 8);
        assertThat(floors()).containsExactly("anna 0.0-30.0");
    }

    @Test
    void whoSpeaksMuchLouderTakesIt() {
        speaks("anna", 30, 0, 10).speaks("ben", 20, 5, 10);
        assertThat(floors()).containsExactly("anna 0.0-5.0", "ben 5.0-30.0");
    }

    @Test
    void itIsHeldForTwoSecondsAtLeast() {
        for (double at = 0; at < 29; at += 2) {
            speaks("anna", 20, at, at + 1).speaks("ben", 20, at + 1, at + 2);
        }
        assertThat(Floors.of(levels, (long) (SECONDS * 1e9)))
                .hasSizeGreaterThan(5)
                .allSatisfy(floor -> assertThat(
                                floor.span().endNanos() - floor.span().startNanos())
                        .isGreaterThanOrEqualTo(2_000_000_000L));
    }

    @Test
    void theirOrderBreaksTies() {
        speaks("anna", 20, 2, 6).speaks("ben", 20, 2, 6);
        assertThat(floors()).containsExactly("anna 0.0-30.0");
    }
}
