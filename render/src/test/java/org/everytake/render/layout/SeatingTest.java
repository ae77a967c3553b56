package org.everytake.render.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.everytake.render.Rect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeatingTest {
    private static final Map<String, Layout> SHIPPED = Map.of(
            "solo", Layout.SOLO,
            "grid", Layout.GRID,
            "filmstrip", Layout.FILMSTRIP,
            "speaker", Layout.SPEAKER,
            "screen", Layout.SCREEN,
            "two-sided", Layout.TWO_SIDED);

    private static List<String> some(String what, int count) {
        return IntStream.range(0, count).mapToObj(i -> what + i).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 25, 40, 100})
    void REN_3_panesLieOnTheCanvasAndApart(int count) {
        List<String> people = some("person", count);
        for (int screens = 0; screens <= 2; screens++) {
            List<String> shown = some("screen", screens);
            SHIPPED.forEach((name, layout) -> {
                for (int[] canvas : new int[][] {{1280, 720}, {1920, 1080}, {640, 360}}) {
                    List<Rect> panes = new ArrayList<>();
                    for (Seat<String> seat : new Seating(layout, canvas[0], canvas[1])
                            .of(shown, people, people.isEmpty() ? null : people.getLast())) {
                        panes.add(seat.at());
                    }
                    assertThat(panes)
                            .as(name + " of " + count + " and " + shown)
                            .allSatisfy(pane -> {
                                assertThat(pane.x()).isGreaterThanOrEqualTo(0);
                                assertThat(pane.y()).isGreaterThanOrEqualTo(0);
                                assertThat(pane.x() + pane.width()).isLessThanOrEqualTo(canvas[0]);
                                assertThat(pane.y() + pane.height()).isLessThanOrEqualTo(canvas[1]);
                                assertThat(panes).noneMatch(other -> other != pane && overlap(pane, other));
                            });
                }
            });
        }
    }

    private static boolean overlap(Rect a, Rect b) {
        return a.x() < b.x() + b.width()
                && b.x() < a.x() + a.width()
                && a.y() < b.y() + b.height()
                && b.y() < a.y() + a.height();
    }

    private static List<String> seated(Layout layout, List<String> screens, List<String> people, String speaker) {
        return new Seating(layout, 1280, 720)
                .of(screens, people, speaker).stream().map(Seat::who).toList();
    }

    @Test
    void REN_3_nobodyIsSeatedTwice() {
        List<String> people = List.of("anna", "ben", "carl");
        assertThat(seated(Layout.FILMSTRIP, List.of(), people, "ben")).containsExactly("ben", "anna", "carl");
        assertThat(seated(Layout.FILMSTRIP, List.of("slides"), people, "ben"))
                .containsExactly("slides", "anna", "ben", "carl");
        assertThat(seated(Layout.SPEAKER, List.of(), people, "ben")).containsExactly("ben");
        assertThat(seated(Layout.TWO_SIDED, List.of(), people, "ben")).containsExactlyElementsOf(people);
    }

    @Test
    void REN_3_gridPanesAreWideAndStripsAreRows() {
        assertThat(new Seating(Layout.GRID, 1280, 720).of(List.of(), some("person", 7), null))
                .allSatisfy(seat -> assertThat(
                                (double) seat.at().width() / seat.at().height())
                        .isBetween(1.65, 1.9));
        List<Integer> rows = new Seating(Layout.FILMSTRIP, 1280, 720)
                .of(List.of(), some("person", 5), "person0").stream()
                        .skip(1)
                        .map(seat -> seat.at().y())
                        .distinct()
                        .toList();
        assertThat(rows).hasSize(1);
    }

    @Test
    void REN_3_camerasFillTheirSidesAndScreensNever() {
        List<Seat<String>> sides = new Seating(Layout.TWO_SIDED, 1280, 720).of(List.of(), List.of("anna", "ben"), null);
        assertThat(sides).allMatch(Seat::fills);
        assertThat(sides).extracting(seat -> seat.at().toString()).containsExactly("616x696+12+12", "616x696+652+12");
        Layout filled = new Layout(
                true,
                0,
                false,
                java.util.Set.of(),
                List.of(List.of(new Area(
                        List.of(Shown.SCREENS, Shown.PEOPLE), new Area.Box(0, 0, 100, 100), 9, Area.Shape.BOX, true))));
        assertThat(new Seating(filled, 1280, 720).of(List.of("slides"), List.of("anna"), null))
                .extracting(Seat::fills)
                .containsExactly(false, true);
    }

    @Test
    void REN_3_thereIsRoomForTheHeading() throws Exception {
        Layout layout = LayoutReader.read("""
                {"version": 1, "heading": ["title"],
                 "arrangements": [[{"shows": ["people"], "box": [0, 0, 100, 100], "shape": "box"}]]}""");
        Seating seating = new Seating(layout, 1280, 720);
        assertThat(seating.heading()).hasToString("1256x42+12+0");
        assertThat(seating.of(List.of(), List.of("anna"), null))
                .extracting(seat -> seat.at().toString())
                .containsExactly("1280x678+0+42");
    }

    @Test
    void whatHasNoRoomIsSmallAndOnTheCanvas() throws Exception {
        Layout layout = LayoutReader.read("""
                {"version": 1, "gap": 10,
                 "arrangements": [[{"shows": ["people"], "box": [95, 95, 5, 5]}]]}""");
        assertThat(Stream.of(1, 2, 10, 49)
                        .flatMap(count ->
                                new Seating(layout, 640, 360).of(List.of(), some("person", count), null).stream()))
                .allSatisfy(seat -> assertThat(seat.at().width()).isBetween(2, 32));
    }
}
