package org.everytake.render;

import java.util.ArrayList;
import java.util.List;

/** What is shown large on the left, who is there small on the right. */
final class ScreenLayout {
    private ScreenLayout() {}

    /** Places for so many screens, then for so many people; a grid if there are no screens, or nobody beside them. */
    static List<Rect> of(int screens, int people, int width, int height) {
        if (screens == 0 || people == 0) {
            return GridLayout.of(screens + people, width, height);
        }
        int large = width * 3 / 4 & ~1;
        List<Rect> places = new ArrayList<>(GridLayout.of(screens, large, height));
        for (Rect small : GridLayout.of(people, width - large & ~1, height)) {
            places.add(new Rect(large + small.x(), small.y(), small.width(), small.height()));
        }
        return List.copyOf(places);
    }
}
