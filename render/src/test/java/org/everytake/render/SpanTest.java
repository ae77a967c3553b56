package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {
    private static Span span(long start, long end) {
        return new Span(start, end);
    }

    @Test
    void unionJoinsWhatOverlapsOrTouches() {
        assertThat(Span.union(List.of(span(5, 7), span(0, 2), span(2, 3), span(6, 9), span(4, 4))))
                .containsExactly(span(0, 3), span(5, 9));
        assertThat(Span.union(List.of(span(0, 9), span(1, 2)))).containsExactly(span(0, 9));
    }

    @Test
    void intersectionIsWhatIsInBoth() {
        assertThat(Span.intersect(List.of(span(0, 5), span(6, 9)), List.of(span(2, 7), span(8, 20))))
                .containsExactly(span(2, 5), span(6, 7), span(8, 9));
        assertThat(Span.intersect(List.of(span(0, 5)), List.of())).isEmpty();
    }

    @Test
    void subtractionLeavesTheRest() {
        assertThat(Span.subtract(List.of(span(0, 10)), List.of(span(2, 3), span(9, 12))))
                .containsExactly(span(0, 2), span(3, 9));
        assertThat(Span.subtract(List.of(span(0, 10)), List.of())).containsExactly(span(0, 10));
        assertThat(Span.subtract(List.of(span(2, 3)), List.of(span(0, 10)))).isEmpty();
    }
}
