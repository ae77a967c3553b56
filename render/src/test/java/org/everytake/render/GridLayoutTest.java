package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridLayoutTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 25, 40, 100})
    void panesLieOnTheCanvasAndApart(int count) {
        List<Rect> panes = GridLayout.of(count, 1280, 720);
        assertThat(panes).hasSize(count);
        for (Rect pane : panes) {
            assertThat(pane.x()).isGreaterThanOrEqualTo(0);
            assertThat(pane.y()).isGreaterThanOrEqualTo(0);
            assertThat(pane.x() + pane.width()).isLessThanOrEqualTo(1280);
            assertThat(pane.y() + pane.height()).isLessThanOrEqualTo(720);
            assertThat((double) pane.width() / pane.height()).isBetween(1.65, 1.9);
            assertThat(panes).noneMatch(other -> other != pane && overlap(pane, other));
        }
    }

    private static boolean overlap(Rect a, Rect b) {
        return a.x() < b.x() + b.width()
                && b.x() < a.x() + a.width()
                && a.y() < b.y() + b.height()
                && b.y() < a.y() + a.height();
    }
}
