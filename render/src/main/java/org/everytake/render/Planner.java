package org.everytake.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.everytake.render.layout.Layout;
import org.everytake.render.layout.Seat;
import org.everytake.render.layout.Seating;
import org.everytake.render.layout.Shown;
import org.everytake.tape.Kind;
import org.jspecify.annotations.Nullable;

/** Cuts a timeline into chunks of constant arrangement. Used once, by one thread. */
final class Planner {
    /**
     * A multiple of the 3.2 s at which frames of picture and sound meet. Each chunk is decoded from the last key frame before it,
     * and those of browsers lie a minute apart; what is lost with a chunk that cannot be encoded is as long.
     */
    private static final int CHUNK_SECONDS = 64;

    /** Scenes shorter than this are not worth a cut: two people who come together change the picture once. */
    private static final double SHORTEST_SCENE_SECONDS = 0.4;

    /** What may have a pane: somebody, or what they show. */
    private record Tile(
            String person, String name, boolean screen, List<Span> present, List<Span> muted, List<Clip> clips) {}

    private final Timeline timeline;
    private final Preset preset;
    private final Layout layout;
    private final long tickNanos;
    private final long ticks;
    private final long shortestScene;

    Planner(Timeline timeline, Preset preset) {
        this.timeline = timeline;
        this.preset = preset;
        this.layout = preset.isSoundOnly() ? Layout.SOLO : preset.canvas().layout();
        this.tickNanos = 1_000_000_000L / preset.framesPerSecond();
        this.shortestScene = Math.round(SHORTEST_SCENE_SECONDS * preset.framesPerSecond());
        this.ticks = Math.max(1, Math.ceilDiv(timeline.endNanos(), tickNanos));
    }

    RenderPlan plan() {
        List<Voice> voices = timeline.people().stream()
                .filter(person -> !person.sounds().isEmpty())
                .map(person -> new Voice(person.person(), person.name(), channel(person), person.sounds()))
                .toList();
        List<Chunk> chunks = preset.isSoundOnly() ? List.of() : chunks();
        return new RenderPlan(preset, timeline.title(), ticks, remarks(), Chapters.of(timeline), chunks, voices);
    }

    /** The first is who came first, as a host does; the last is for everybody else. */
    private int channel(Participant person) {
        return person.person().equals(timeline.people().getFirst().person()) ? 0 : preset.channels() - 1;
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (Participant person : timeline.people()) {
            for (Undecoded undecoded : person.undecoded()) {
                String what = person.name() + " sent " + undecoded.what() + ": ";
                if (undecoded.kind() == Kind.MICROPHONE) {
                    remarks.add(what + "it is not heard.");
                } else if (!preset.isSoundOnly() && (undecoded.kind() == Kind.CAMERA || layout.shows(Shown.SCREENS))) {
                    remarks.add(what + "it is not seen.");
                }
            }
        }
        return remarks;
    }

    /** What is written on what somebody shows. */
    static String screenOf(String name) {
        return name + " (screen)";
    }

    private List<Chunk> chunks() {
        List<Tile> people = timeline.people().stream()
                .map(person -> new Tile(
                        person.person(), person.name(), false, person.present(), person.muted(), person.pictures()))
                .toList();
        List<Tile> screens = timeline.people().stream()
                .filter(person ->
                        layout.shows(Shown.SCREENS) && !person.screens().isEmpty())
                .map(person -> new Tile(
                        person.person(),
                        screenOf(person.name()),
                        true,
                        shown(person.screens()),
                        List.of(),
                        person.screens()))
                .toList();
        Seating seating =
                new Seating(layout, preset.canvas().width(), preset.canvas().height());
        Headings headings = new Headings(timeline, preset, seating.heading());
        List<Chunk> chunks = new ArrayList<>();
        for (Ticks scene : scenes(people, screens)) {
            List<Tile> shown = screens.stream()
                    .filter(screen -> isMostly(screen.present, scene))
                    .toList();
            List<Tile> here = people.stream()
                    .filter(person -> layout.absent() || isMostly(person.present, scene))
                    .toList();
            List<Seat<Tile>> seats = seating.of(shown, here, speaker(here, scene));
            long step = (long) CHUNK_SECONDS * preset.framesPerSecond();
            for (long start = scene.start(); start < scene.end(); ) {
                long end = Math.min(scene.end(), (start / step + 1) * step);
                chunks.add(chunk(new Ticks(start, end), seats, headings));
                start = end;
            }
        }
        return chunks;
    }

    /** Who of those who are there has the floor for most of a scene; before anybody has spoken, who came first. */
    private @Nullable Tile speaker(List<Tile> here, Ticks scene) {
        Tile speaker = here.isEmpty() ? null : here.getFirst();
        long most = 0;
        for (Tile tile : layout.shows(Shown.SPEAKER) ? here : List.<Tile>of()) {
            List<Span> floors = timeline.floors().stream()
                    .filter(floor -> floor.person().equals(tile.person))
                    .map(Floor::span)
                    .toList();
            long ticks = count(floors, scene);
            if (ticks > most) {
                most = ticks;
                speaker = tile;
            }
        }
        return speaker;
    }

    /** The stretches in which nobody comes, goes or takes the floor, and what is seen is coded in one way and lies in one way. */
    private List<Ticks> scenes(List<Tile> people, List<Tile> screens) {
        TreeSet<Long> cuts = new TreeSet<>();
        Stream.concat(layout.absent() ? Stream.empty() : people.stream(), screens.stream())
                .flatMap(tile -> tile.present.stream())
                .forEach(span -> {
                    cuts.add(tick(span.startNanos()));
                    cuts.add(tick(span.endNanos()));
                });
        if (layout.shows(Shown.SPEAKER)) {
            timeline.floors().forEach(floor -> cuts.add(tick(floor.span().startNanos())));
        }
        people.forEach(tile -> cutLooks(tile.clips, cuts));
        screens.forEach(tile -> cutLooks(tile.clips, cuts));
        List<Ticks> scenes = new ArrayList<>();
        long start = 0;
        for (long cut : cuts) {
            if (cut - start >= shortestScene && ticks - cut >= shortestScene) {
                scenes.add(new Ticks(start, cut));
                start = cut;
            }
        }
        scenes.add(new Ticks(start, ticks));
        return scenes;
    }

    /** Where a codec follows another, or pictures turn. */
    private void cutLooks(List<Clip> clips, TreeSet<Long> cuts) {
        for (Clip clip : clips) {
            boolean others = clips.stream()
                    .anyMatch(clip2 -> clip2.format().coding() != clip.format().coding());
            for (Span span : others ? clip.shown() : List.<Span>of()) {
                cuts.add(tick(span.startNanos()));
                cuts.add(tick(span.endNanos()));
            }
            for (Turn turn : clip.turns()) {
                if (clip.shown().stream().anyMatch(span -> span.contains(turn.nanos()))) {
                    cuts.add(nearestTick(turn.nanos()));
                }
            }
        }
    }

    /** Whoever is there for most of a scene has a pane in it: cuts that were too close together may fall inside. */
    private boolean isMostly(List<Span> present, Ticks scene) {
        return 2 * count(present, scene) > scene.count();
    }

    /** How many ticks of a scene lie within spans. */
    private long count(List<Span> spans, Ticks scene) {
        return ticks(spans, scene).stream().mapToLong(Ticks::count).sum();
    }

    private List<Ticks> ticks(List<Span> spans, Ticks within) {
        List<Ticks> result = new ArrayList<>();
        for (Span span : spans) {
            long start = Math.max(within.start(), tick(span.startNanos()));
            long end = Math.min(within.end(), tick(span.endNanos()));
            if (start < end) {
                result.add(new Ticks(start, end));
            }
        }
        return result;
    }

    private Chunk chunk(Ticks ticks, List<Seat<Tile>> seats, Headings headings) {
        List<Pane> panes = new ArrayList<>(seats.size());
        for (Seat<Tile> seat : seats) {
            Tile tile = seat.who();
            List<Clip> all = tile.clips.stream()
                    .filter(clip -> !visible(List.of(clip), ticks).isEmpty())
                    .toList();
            Look look = look(all, ticks);
            List<Clip> clips = all.stream()
                    .filter(clip -> clip.format().coding() == look.coding())
                    .toList();
            panes.add(new Pane(
                    tile.person,
                    tile.name,
                    seat.at(),
                    seat.fills(),
                    tile.screen,
                    look,
                    clips,
                    visible(clips, ticks),
                    ticks(tile.muted, ticks)));
        }
        return new Chunk(ticks, panes, headings.within(ticks));
    }

    /** The look that most of what is visible has: cuts that were too close together may fall inside. */
    private Look look(List<Clip> clips, Ticks within) {
        Map<Look, Long> counts = new LinkedHashMap<>();
        for (Clip clip : clips) {
            for (Ticks visible : visible(List.of(clip), within)) {
                long start = visible.start();
                for (Turn turn : clip.turns()) {
                    long at = Math.clamp(nearestTick(turn.nanos()), start, visible.end());
                    count(counts, clip, start, at);
                    start = at;
                }
                count(counts, clip, start, visible.end());
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Look.NONE);
    }

    private void count(Map<Look, Long> counts, Clip clip, long start, long end) {
        if (end > start) {
            // half a tick on, because a picture is seen from the tick on that is nearest to it
            Orientation orientation = clip.orientationAt(start * tickNanos + tickNanos / 2);
            counts.merge(new Look(clip.format().coding(), orientation), end - start, Long::sum);
        }
    }

    private static List<Span> shown(List<Clip> clips) {
        return Span.union(clips.stream().flatMap(clip -> clip.shown().stream()).toList());
    }

    private List<Ticks> visible(List<Clip> clips, Ticks within) {
        List<Ticks> result = new ArrayList<>();
        for (Span span : shown(clips)) {
            for (Ticks seen : ticks(List.of(span), within)) {
                result.add(new Ticks(mayBeginEarly(clips, span, within) ? within.start() : seen.start(), seen.end()));
            }
        }
        return result;
    }

    /**
     * A picture that comes a moment after its pane stands there from the start, rather than after a flash of the
     * placeholder; but only a camera's very first one, because before any other there may be one that was hidden.
     */
    private boolean mayBeginEarly(List<Clip> clips, Span span, Ticks within) {
        return tick(span.startNanos()) - within.start() < shortestScene
                && clips.stream()
                        .flatMap(clip -> clip.keyFrames().stream())
                        .allMatch(keyFrame -> keyFrame >= span.startNanos());
    }

    /** The first tick whose time is not before {@code nanos}. */
    private long tick(long nanos) {
        return Math.clamp(Math.ceilDiv(nanos, tickNanos), 0, ticks);
    }

    /** The tick on which a picture of that time is seen first, as FFmpeg's {@code fps=round=near} has it. */
    private long nearestTick(long nanos) {
        return Math.clamp(Math.floorDiv(nanos + tickNanos / 2, tickNanos), 0, ticks);
    }
}
