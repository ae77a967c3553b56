package org.everytake.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.everytake.render.draw.Stills;
import org.everytake.render.layout.Layout;
import org.everytake.render.layout.Seat;
import org.everytake.render.layout.Seating;

/** What a layout looks like, with people who are not there. */
public final class LayoutPreview {
    private static final List<String> NAMES =
            List.of("Anna", "Ben", "Carla", "David", "Emma", "Farid", "Grace", "Hugo", "Irina");

    private static final String TITLE = "Everytake";
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private LayoutPreview() {}

    /** How many people it may show. */
    public static int most() {
        return NAMES.size();
    }

    /**
     * A PNG as large as a composite.
     *
     * @param people 0 to {@link #most}, of whom the second speaks
     * @param screens how many of them show something, from the first on
     */
    public static byte[] png(Layout layout, int people, int screens) {
        Preset preset = Preset.COMPOSITE.with(layout, Preset.COMPOSITE.canvas().zone());
        List<String> here = NAMES.subList(0, people);
        List<String> shown = here.stream().limit(screens).map(Planner::screenOf).toList();
        String speaker = here.isEmpty() ? null : here.get(Math.min(1, people - 1));
        Seating seating =
                new Seating(layout, preset.canvas().width(), preset.canvas().height());
        List<Pane> panes = new ArrayList<>();
        for (Seat<String> seat : seating.of(shown, here, speaker)) {
            panes.add(new Pane(
                    seat.who(),
                    seat.who(),
                    seat.at(),
                    seat.fills(),
                    false,
                    Look.NONE,
                    List.of(),
                    List.of(),
                    List.of()));
        }
        Ticks still = new Ticks(0, 1);
        Timeline timeline = new Timeline(TITLE, NOW, 0, List.of(), List.of(), List.of());
        List<Caption> captions = new Headings(timeline, preset, seating.heading()).within(still);
        return new Stills(preset, TITLE).background(new Chunk(still, panes, captions));
    }
}
