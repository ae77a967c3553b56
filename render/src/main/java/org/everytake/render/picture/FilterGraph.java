package org.everytake.render.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.everytake.render.Chunk;
import org.everytake.render.Orientation;
import org.everytake.render.Pane;
import org.everytake.render.Rect;
import org.everytake.render.Ticks;
import org.everytake.render.draw.Stills;

/**
 * What FFmpeg shall do for a chunk: input 0 is the background, then for each pane with a picture its feed and, where
 * names are shown, the strips that lie over its upper and lower edge.
 */
final class FilterGraph {
    static final String RESULT = "result";

    private final List<String> chains = new ArrayList<>();
    private final Chunk chunk;
    private final int framesPerSecond;
    private String canvas = "canvas";
    private int input = 1;

    private FilterGraph(Chunk chunk, int framesPerSecond) {
        this.chunk = chunk;
        this.framesPerSecond = framesPerSecond;
    }

    /**
     * The graph of a chunk.
     *
     * @param seen the panes that have a picture
     * @param strips whether each pane has its two strips
     */
    static String of(Chunk chunk, List<Pane> seen, int framesPerSecond, boolean strips) {
        FilterGraph graph = new FilterGraph(chunk, framesPerSecond);
        graph.chains.add(
                "[0:v]format=yuv420p,loop=loop=-1:size=1:start=0,settb=1/" + framesPerSecond + ",setpts=N[canvas]");
        for (Pane pane : seen) {
            graph.picture(pane);
            if (strips) {
                graph.still(pane, pane.at().y());
                graph.still(pane, pane.at().y() + pane.at().height() - Strips.lowerHeight(pane.at()));
            }
        }
        graph.chains.add("[" + graph.canvas + "]format=yuv420p[" + RESULT + "]");
        return String.join(";", graph.chains);
    }

    /**
     * Padded to its pane, whose size it may not have, so that no placeholder looks out from behind it. Turned only then,
     * because {@code transpose} does not follow a size that changes.
     */
    private void picture(Pane pane) {
        Rect at = pane.at();
        Orientation orientation = pane.look().orientation();
        boolean onItsSide = orientation.quarterTurns() % 2 != 0;
        int width = onItsSide ? at.height() : at.width();
        int height = onItsSide ? at.width() : at.height();
        String name = "pane" + input;
        chains.add(String.format(
                Locale.ROOT,
                "[%d:v]setpts=PTS-%d/TB,fps=%d:start_time=0:round=near,"
                        + "scale=%d:%d:force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1,"
                        + "pad=%d:%d:2*floor((ow-iw)/4):2*floor((oh-ih)/4):%s:eval=frame%s[%s]",
                input,
                PaneFeed.LEAD_MICROS / 1_000_000,
                framesPerSecond,
                width,
                height,
                width,
                height,
                Stills.TILE_COLOUR,
                turning(orientation),
                name));
        over(name, "x=" + at.x() + ":y=" + at.y(), pane.visible());
    }

    private static String turning(Orientation orientation) {
        String turns = switch (orientation.quarterTurns()) {
            case 1 -> ",transpose=clock";
            case 2 -> ",hflip,vflip";
            case 3 -> ",transpose=cclock";
            default -> "";
        };
        return turns + (orientation.mirrored() ? ",hflip" : "");
    }

    private void still(Pane pane, int y) {
        over(input + ":v", "x=" + pane.at().x() + ":y=" + y, pane.visible());
    }

    private void over(String upper, String place, List<Ticks> visible) {
        String next = "over" + input;
        chains.add("[" + canvas + "][" + upper + "]overlay=" + place + ":eof_action=repeat:enable='" + times(visible)
                + "'[" + next + "]");
        canvas = next;
        input++;
    }

    /** Half a tick early, so that no rounding of a time decides on which side of an edge a frame falls. */
    private String times(List<Ticks> visible) {
        return visible.stream()
                .map(ticks ->
                        String.format(Locale.ROOT, "gte(t,%s)*lt(t,%s)", seconds(ticks.start()), seconds(ticks.end())))
                .collect(Collectors.joining("+"));
    }

    private String seconds(long tick) {
        return String.format(Locale.ROOT, "%.4f", (tick - chunk.ticks().start() - 0.5) / framesPerSecond);
    }
}
