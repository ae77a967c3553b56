package org.everytake.render.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.everytake.render.Rect;
import org.jspecify.annotations.Nullable;

/** Puts who is there into a layout on a canvas of so many pixels. Immutable. */
public final class Seating {
    private final Layout layout;
    private final int width;
    private final int height;
    private final int gap;
    private final int headingHeight;

    public Seating(Layout layout, int width, int height) {
        this.layout = layout;
        this.width = width;
        this.height = height;
        this.gap = even(height * layout.gap() / 100);
        this.headingHeight = layout.heading().isEmpty() ? 0 : even(height * Layout.HEADING_HEIGHT / 100);
    }

    /** The line above the areas, without its margins; empty if there is none. */
    public Rect heading() {
        int margin = Math.max(gap, even(height / 60.0));
        return new Rect(margin, 0, width - 2 * margin, headingHeight);
    }

    /**
     * Seats in the order in which they lie on the canvas.
     *
     * @param screens what is shown
     * @param people who is there
     * @param speaker who of them has the floor, if anybody is there
     */
    public <T> List<Seat<T>> of(List<T> screens, List<T> people, @Nullable T speaker) {
        List<Seat<T>> seats = List.of();
        for (List<Area> arrangement : layout.arrangements()) {
            seats = new ArrayList<>();
            if (fill(arrangement, screens, people, speaker, seats)) {
                break;
            }
        }
        return List.copyOf(seats);
    }

    /** False if an area stays empty. */
    private <T> boolean fill(
            List<Area> arrangement, List<T> screens, List<T> people, @Nullable T speaker, List<Seat<T>> seats) {
        boolean full = true;
        List<T> seated = new ArrayList<>();
        for (Area area : arrangement) {
            List<T> here = area.shows().stream()
                    .flatMap(what -> switch (what) {
                        case SCREENS -> screens.stream();
                        case PEOPLE -> people.stream();
                        case SPEAKER -> Stream.ofNullable(speaker);
                    })
                    .distinct()
                    .filter(who -> !seated.contains(who))
                    .limit(area.most())
                    .toList();
            List<Rect> places = places(area, here.size());
            for (int i = 0; i < here.size(); i++) {
                seats.add(new Seat<>(here.get(i), places.get(i), area.fills() && !screens.contains(here.get(i))));
            }
            seated.addAll(here);
            full &= !here.isEmpty();
        }
        return full;
    }

    /** In as many rows as make panes largest; the last row is centred. */
    private List<Rect> places(Area area, int count) {
        if (count == 0) {
            return List.of();
        }
        int left = even(width * area.box().left() / 100);
        int top = even((height - headingHeight) * area.box().top() / 100) + headingHeight;
        int wide = even(width * (area.box().left() + area.box().width()) / 100) - left;
        int high =
                even((height - headingHeight) * (area.box().top() + area.box().height()) / 100) + headingHeight - top;
        Area.Shape shape = area.shape().isBox() ? Area.Shape.WIDE : area.shape();
        int columns = 1;
        int best = 0;
        for (int candidate = 1; candidate <= count; candidate++) {
            int paneWidth = paneWidth(shape, candidate, rows(count, candidate), wide, high);
            if (paneWidth > best) {
                best = paneWidth;
                columns = candidate;
            }
        }
        int rows = rows(count, columns);
        int paneWidth = Math.max(2, area.shape().isBox() ? share(wide, columns) : best);
        int paneHeight =
                Math.max(2, area.shape().isBox() ? share(high, rows) : even(best * shape.height() / shape.width()));
        int y = top + even((high - rows * paneHeight - (rows - 1) * gap) / 2);
        List<Rect> places = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int row = i / columns;
            int inRow = row == rows - 1 ? count - row * columns : columns;
            int x = left + even((wide - inRow * paneWidth - (inRow - 1) * gap) / 2);
            places.add(
                    new Rect(x + i % columns * (paneWidth + gap), y + row * (paneHeight + gap), paneWidth, paneHeight));
        }
        return places;
    }

    private int paneWidth(Area.Shape shape, int columns, int rows, int wide, int high) {
        return even(Math.min(share(wide, columns), share(high, rows) * shape.width() / shape.height()));
    }

    /** What each of so many beside each other has. */
    private int share(int length, int count) {
        return even((length - (count + 1) * gap) / count);
    }

    private static int rows(int count, int columns) {
        return (count + columns - 1) / columns;
    }

    private static int even(double value) {
        return (int) value & ~1;
    }
}
