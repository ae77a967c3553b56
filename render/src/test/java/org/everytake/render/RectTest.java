package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RectTest {
    private static final Rect CANVAS = new Rect(0, 0, 100, 80);

    private static long area(List<Rect> rects) {
        return rects.stream()
                .mapToLong(rect -> (long) rect.width() * rect.height())
                .sum();
    }

    @Test
    void whatIsLeftLiesAroundTheOther() {
        assertThat(CANVAS.without(new Rect(10, 20, 30, 40)))
                .containsExactly(
                        new Rect(0, 0, 100, 20),
                        new Rect(0, 60, 100, 20),
                        new Rect(0, 20, 10, 40),
                        new Rect(40, 20, 60, 40));
    }

    @Test
    void whatTouchesAnEdgeLeavesNothingThere() {
        assertThat(CANVAS.without(new Rect(0, 0, 50, 80))).containsExactly(new Rect(50, 0, 50, 80));
        assertThat(CANVAS.without(CANVAS)).isEmpty();
        assertThat(CANVAS.without(new Rect(-10, -10, 200, 200))).isEmpty();
    }

    @Test
    void whatLiesElsewhereOrOnlyTouchesLeavesAll() {
        assertThat(CANVAS.without(new Rect(100, 0, 20, 20))).containsExactly(CANVAS);
        assertThat(CANVAS.without(new Rect(200, 200, 20, 20))).containsExactly(CANVAS);
        assertThat(CANVAS.without(new Rect(20, 20, 0, 40))).containsExactly(CANVAS);
    }

    @Test
    void takenAwayOneAfterTheOtherTheyLeaveWhatNoneCovers() {
        List<Rect> left = List.of(CANVAS);
        List<Rect> panes = List.of(new Rect(2, 2, 40, 30), new Rect(50, 2, 40, 30), new Rect(20, 40, 60, 30));
        for (Rect pane : panes) {
            left = left.stream().flatMap(rect -> rect.without(pane).stream()).toList();
        }
        assertThat(area(left)).isEqualTo(8000 - area(panes));
    }
}
