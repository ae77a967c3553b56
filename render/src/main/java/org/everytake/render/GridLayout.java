package org.everytake.render;

import java.util.ArrayList;
import java.util.List;

/** Equal panes of 16:9 in as many rows as make them largest; the last row is centred. */
final class GridLayout {
    private static final int GAP = 12;

    private GridLayout() {}

    static List<Rect> of(int count, int width, int height) {
        if (count == 0) {
            return List.of();
        }
        int columns = 1;
        int best = 0;
        for (int candidate = 1; candidate <= count; candidate++) {
            int paneWidth = paneWidth(candidate, rows(count, candidate), width, height);
            if (paneWidth > best) {
                best = paneWidth;
                columns = candidate;
            }
        }
        return place(count, columns, Math.max(best, 2), width, height);
    }

    private static List<Rect> place(int count, int columns, int paneWidth, int width, int height) {
        int paneHeight = Math.max(2, even(paneWidth * 9 / 16));
        int rows = rows(count, columns);
        int top = even((height - rows * paneHeight - (rows - 1) * GAP) / 2);
        List<Rect> panes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int row = i / columns;
            int inRow = row == rows - 1 ? count - row * columns : columns;
            int left = even((width - inRow * paneWidth - (inRow - 1) * GAP) / 2);
            panes.add(new Rect(
                    left + i % columns * (paneWidth + GAP), top + row * (paneHeight + GAP), paneWidth, paneHeight));
        }
        return List.copyOf(panes);
    }

    private static int paneWidth(int columns, int rows, int width, int height) {
        int byWidth = (width - (columns + 1) * GAP) / columns;
        int byHeight = (height - (rows + 1) * GAP) / rows * 16 / 9;
        return even(Math.min(byWidth, byHeight));
    }

    private static int rows(int count, int columns) {
        return (count + columns - 1) / columns;
    }

    private static int even(int value) {
        return value & ~1;
    }
}
