package org.everytake.render.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.everytake.render.Chunk;
import org.everytake.render.Orientation;
import org.everytake.render.Pane;
import org.everytake.render.Preset;
import org.everytake.render.Rect;
import org.everytake.render.Ticks;
import org.everytake.render.draw.Stills;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg shall do for a chunk: input 0 is the background, then for each pane with a picture its feed and, where
 * names are shown, the strips that lie over its upper and lower edge, and at last what lies over everything.
 *
 * <p>What is seen all the time is put together by {@code xstack}, which copies; {@code overlay}, which can be switched on and
 * off, wants transparency and blends. {@code xstack} also has a picture whenever one of its inputs has a new one, so only when
 * something changes, if they have.
 */
final class FilterGraph {
    static final String RESULT = "result";

    /**
     * A picture is as good as the one before if none of its squares of 8 by 8 differs by more than {@code hi}, four levels of
     * 255 on average, which is less than a caret or a full stop makes, and not one in ten by more than {@code lo}, so that
     * nothing fades without being seen.
     */
    private static final String LIKENESS = "hi=256:lo=128:frac=0.1";

    /** One tick before the first: {@code xstack} waits for all its inputs, and of some pane nothing may come at all. */
    private static final String BEFORE_THE_FIRST =
            ",tpad=start=1:start_mode=add:color=" + Stills.TILE_COLOUR + ",setpts=PTS-1";

    private final Chunk chunk;
    private final Rect whole;
    private final int framesPerSecond;
    private final int longest;
    private final List<String> chains = new ArrayList<>();
    private String canvas = "canvas";
    private int input = 1;

    private FilterGraph(Chunk chunk, Preset preset, int longest) {
        this.chunk = chunk;
        this.whole = new Rect(0, 0, preset.canvas().width(), preset.canvas().height());
        this.framesPerSecond = preset.framesPerSecond();
        this.longest = longest;
    }

    /**
     * The graph of a chunk.
     *
     * @param seen the panes that have a picture
     * @param rhythm null where there is a picture on each tick
     * @param longest how many ticks a picture of what stands still lasts at most before it is told again
     */
    static String of(
            Chunk chunk, List<Seen> seen, List<Overlay> overlays, Preset preset, @Nullable Rhythm rhythm, int longest) {
        boolean strips = preset.canvas().names();
        FilterGraph graph = new FilterGraph(chunk, preset, longest);
        if (rhythm != null) {
            String times = ",select='" + rhythm.ticks(edges(chunk, overlays)) + "'";
            graph.stack(graph.background(times, List.of(graph.whole)), seen, strips);
        } else if (graph.isAll(seen)) {
            graph.alone(seen.getFirst());
        } else {
            graph.stack(graph.background("", graph.uncovered(seen)), seen, strips);
        }
        for (Seen one : seen) {
            graph.over(one, strips);
        }
        for (Overlay overlay : overlays) {
            graph.still(overlay.at().x(), overlay.at().y(), overlay.ticks());
        }
        String end = rhythm == null ? "" : ",trim=end_pts=" + chunk.ticks().count();
        // x264 writes the shape of a pixel into the parameter sets, which are the same in all chunks
        graph.chains.add("[" + graph.canvas + "]format=yuv420p,setsar=1" + end + "[" + RESULT + "]");
        return String.join(";", graph.chains);
    }

    /**
     * When something comes or goes that we draw, in ticks of the chunk; and the last one, because not everybody who reads a file
     * knows for how long its last picture is shown.
     */
    private static SortedSet<Long> edges(Chunk chunk, List<Overlay> overlays) {
        SortedSet<Long> edges = new TreeSet<>();
        edges.add(chunk.ticks().count() - 1);
        overlays.stream().flatMap(overlay -> overlay.ticks().stream()).forEach(ticks -> {
            edges.add(ticks.start() - chunk.ticks().start());
            edges.add(ticks.end() - chunk.ticks().start());
        });
        return edges;
    }

    /** Whether one picture is all that there is to be seen, from edge to edge and all the time. */
    private boolean isAll(List<Seen> seen) {
        return seen.size() == 1
                && seen.getFirst().isThroughout(chunk)
                && seen.getFirst().pane().at().equals(whole);
    }

    /** What of the background can be seen; never nothing, because it goes on when all pictures have ended. */
    private List<Rect> uncovered(List<Seen> seen) {
        List<Rect> left = List.of(whole);
        for (Seen one : seen) {
            if (one.isThroughout(chunk)) {
                left = left.stream()
                        .flatMap(rect -> rect.without(one.pane().at()).stream())
                        .toList();
            }
        }
        return left.isEmpty() ? List.of(new Rect(0, 0, 2, 2)) : left;
    }

    /** The last picture goes on until enough is made; {@code tpad} gives the first that it adds the time of that one again. */
    private void alone(Seen one) {
        chains.add(
                "[" + picture(one, input) + "]tpad=stop=-1:stop_mode=clone,trim=start_pts=0,setpts=N[" + canvas + "]");
    }

    /** A part of the picture that is there on each tick, by its name in the graph. */
    private record Laid(String name, int x, int y) {}

    /**
     * Cuts the background, so that what panes will cover is not copied on each tick.
     *
     * @param times the filter that leaves out ticks; empty for none
     * @param rects what of it is wanted
     */
    private List<Laid> background(String times, List<Rect> rects) {
        String drawn =
                "[0:v]format=yuv420p,loop=loop=-1:size=1:start=0,settb=1/" + framesPerSecond + ",setpts=N" + times;
        if (rects.equals(List.of(whole))) {
            chains.add(drawn + "[canvas]");
            return List.of(new Laid("canvas", 0, 0));
        }
        List<Laid> cuts = new ArrayList<>();
        StringBuilder copies = new StringBuilder();
        for (Rect rect : rects) {
            String name = "cut" + cuts.size();
            copies.append("[whole").append(cuts.size()).append(']');
            cuts.add(new Laid(name, rect.x(), rect.y()));
        }
        chains.add(drawn + ",split=" + cuts.size() + copies);
        for (int i = 0; i < cuts.size(); i++) {
            Rect rect = rects.get(i);
            chains.add("[whole" + i + "]crop=" + rect.width() + ":" + rect.height() + ":" + rect.x() + ":" + rect.y()
                    + "[" + cuts.get(i).name + "]");
        }
        return cuts;
    }

    /** Puts what is seen all the time on the background: with one thread, because that lies beneath and must come first. */
    private void stack(List<Laid> background, List<Seen> seen, boolean strips) {
        List<Laid> all = new ArrayList<>(background);
        int feed = input;
        for (Seen one : seen) {
            if (one.isThroughout(chunk)) {
                Rect at = one.pane().at();
                all.add(new Laid(picture(one, feed), at.x(), at.y()));
            }
            feed += hasStrips(one, strips) ? 3 : 1;
        }
        if (all.size() > 1) {
            canvas = "stack";
            String names = all.stream().map(laid -> "[" + laid.name + "]").collect(Collectors.joining());
            String places = all.stream().map(laid -> laid.x + "_" + laid.y).collect(Collectors.joining("|"));
            chains.add(names + "xstack=inputs=" + all.size() + ":layout=" + places + ":threads=1[" + canvas + "]");
        }
    }

    /** What of a pane lies over what was put together: itself if it comes or goes, and its strips. */
    private void over(Seen one, boolean strips) {
        Rect at = one.pane().at();
        List<Ticks> visible = one.pane().visible();
        if (one.isThroughout(chunk)) {
            input++;
        } else {
            over(picture(one, input), at.x(), at.y(), visible);
        }
        if (hasStrips(one, strips)) {
            still(at.x(), at.y(), visible);
            still(at.x(), at.y() + at.height() - Strips.lowerHeight(at), visible);
        }
    }

    private static boolean hasStrips(Seen one, boolean strips) {
        return strips && one.pane().hasRoom();
    }

    /**
     * Brought to the size of its pane: what is seen whole is padded, what fills it is laid over something of that size,
     * because {@code overlay} cuts off what lies outside and, other than {@code crop}, follows a size that changes. So no
     * placeholder looks out from behind it. Turned only then, because {@code transpose} does not follow either.
     *
     * @return its name in the graph
     */
    private String picture(Seen one, int feed) {
        Pane pane = one.pane();
        Rect at = pane.at();
        Orientation orientation = pane.look().orientation();
        boolean onItsSide = orientation.quarterTurns() % 2 != 0;
        int width = onItsSide ? at.height() : at.width();
        int height = onItsSide ? at.width() : at.height();
        String name = "pane" + feed;
        // One of the pane's sides, and what the other is then; never nothing, however long a picture is. Evaluated when
        // a size changes: from the pane's sides, not from what the picture before was brought to.
        String fits = pane.fills() ? "max" : "min";
        String scaled = String.format(
                Locale.ROOT,
                "[%d:v]setpts=PTS-%d/TB,fps=%d:start_time=0:round=near:eof_action=pass,%s"
                        + "scale=w='max(2,2*floor(%s(%d,round(%d*iw/ih))/2))'"
                        + ":h='max(2,2*floor(%s(%d,round(%d*ih/iw))/2))':eval=frame%s",
                feed,
                PaneFeed.LEAD_MICROS / 1_000_000,
                framesPerSecond,
                one.still() == null ? "" : changes(one.still()),
                fits,
                width,
                height,
                fits,
                height,
                width,
                pane.screen() ? "" : ":flags=bilinear"); // what is written on a screen wants more
        String sized = pane.fills()
                ? String.format(
                        Locale.ROOT,
                        "[large%d];color=c=%s:s=%dx%d:r=%d[base%d];"
                                + "[base%d][large%d]overlay=x=2*floor((W-w)/4):y=2*floor((H-h)/4):eof_action=repeat",
                        feed,
                        Stills.TILE_COLOUR,
                        width,
                        height,
                        framesPerSecond,
                        feed,
                        feed,
                        feed)
                : String.format(
                        Locale.ROOT,
                        ",pad=%d:%d:2*floor((ow-iw)/4):2*floor((oh-ih)/4):%s:eval=frame",
                        width,
                        height,
                        Stills.TILE_COLOUR);
        chains.add(scaled + sized + turning(orientation) + ",format=yuv420p" + BEFORE_THE_FIRST + "[" + name + "]");
        return name;
    }

    /**
     * Leaves out what is as the picture before, but for so long at most as whoever waits for the next may wait. All pictures are
     * brought to one size first, as what compares them trusts that they have; mostly they do.
     */
    private String changes(Size size) {
        return "scale=" + size.width() + ":" + size.height() + ",format=yuv420p,mpdecimate=max=" + (longest - 1) + ":"
                + LIKENESS + ",";
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

    private void still(int x, int y, List<Ticks> visible) {
        over(input + ":v", x, y, visible);
    }

    /** Lays the next input, or what was made of it, over the canvas. */
    private void over(String upper, int x, int y, List<Ticks> visible) {
        String next = "over" + input;
        chains.add("[" + canvas + "][" + upper + "]overlay=x=" + x + ":y=" + y + ":eof_action=repeat:enable='"
                + times(visible) + "'[" + next + "]");
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
