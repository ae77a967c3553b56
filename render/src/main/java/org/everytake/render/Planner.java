package org.everytake.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.everytake.tape.Kind;

/** Cuts a timeline into chunks of constant layout. Used once, by one thread. */
final class Planner {
    /** A multiple of the 3.2 s at which frames of picture and sound meet; a minute is work for two processors. */
    private static final int CHUNK_SECONDS = 32;

    /** Scenes shorter than this are not worth a cut: two people who come together change the picture once. */
    private static final double SHORTEST_SCENE_SECONDS = 0.4;

    /** What may have a pane: somebody, or what they show. */
    private record Tile(String person, String name, List<Span> present, List<Clip> clips) {}

    private final Timeline timeline;
    private final Preset preset;
    private final long tickNanos;
    private final long ticks;
    private final long shortestScene;

    Planner(Timeline timeline, Preset preset) {
        this.timeline = timeline;
        this.preset = preset;
        this.tickNanos = 1_000_000_000L / preset.framesPerSecond();
        this.shortestScene = Math.round(SHORTEST_SCENE_SECONDS * preset.framesPerSecond());
        this.ticks = Math.max(1, Math.ceilDiv(timeline.endNanos(), tickNanos));
    }

    RenderPlan plan() {
        List<Voice> voices = timeline.people().stream()
                .filter(person -> !person.sounds().isEmpty())
                .map(person -> new Voice(person.person(), person.name(), person.sounds()))
                .toList();
        List<Chunk> chunks = preset.isSoundOnly() ? List.of() : chunks();
        return new RenderPlan(preset, timeline.title(), ticks, remarks(), chunks, voices);
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (Participant person : timeline.people()) {
            for (Undecoded undecoded : person.undecoded()) {
                String what = person.name() + " sent " + undecoded.encodingName() + ", which cannot be decoded: ";
                if (undecoded.kind() == Kind.MICROPHONE) {
                    remarks.add(what + "it is not heard.");
                } else if (!preset.isSoundOnly() && (undecoded.kind() == Kind.CAMERA || !isSolo())) {
                    remarks.add(what + "it is not seen.");
                }
            }
        }
        return remarks;
    }

    private boolean isSolo() {
        return preset.canvas().layout() == Preset.Layout.SOLO;
    }

    private List<Chunk> chunks() {
        List<Tile> people = timeline.people().stream()
                .map(person -> new Tile(person.person(), person.name(), person.present(), person.pictures()))
                .toList();
        List<Tile> screens = timeline.people().stream()
                .filter(person -> !isSolo() && !person.screens().isEmpty())
                .map(person -> new Tile(
                        person.person(), person.name() + " (screen)", shown(person.screens()), person.screens()))
                .toList();
        List<Chunk> chunks = new ArrayList<>();
        for (Ticks scene : scenes(people, screens)) {
            List<Tile> shown = screens.stream()
                    .filter(screen -> isMostly(screen.present, scene))
                    .toList();
            List<Tile> here = people.stream()
                    .filter(person -> isSolo() || isMostly(person.present, scene))
                    .toList();
            List<Rect> places = places(shown.size(), here.size());
            List<Tile> tiles = Stream.concat(shown.stream(), here.stream()).toList();
            long step = (long) CHUNK_SECONDS * preset.framesPerSecond();
            for (long start = scene.start(); start < scene.end(); ) {
                long end = Math.min(scene.end(), (start / step + 1) * step);
                chunks.add(chunk(new Ticks(start, end), tiles, places));
                start = end;
            }
        }
        return chunks;
    }

    private List<Rect> places(int screens, int people) {
        int width = preset.canvas().width();
        int height = preset.canvas().height();
        return isSolo()
                ? Collections.nCopies(people, new Rect(0, 0, width, height))
                : ScreenLayout.of(screens, people, width, height);
    }

    /** The stretches in which nobody comes or goes, and what is seen is coded in one way and lies in one way. */
    private List<Ticks> scenes(List<Tile> people, List<Tile> screens) {
        TreeSet<Long> cuts = new TreeSet<>();
        Stream.concat(isSolo() ? Stream.empty() : people.stream(), screens.stream())
                .flatMap(tile -> tile.present.stream())
                .forEach(span -> {
                    cuts.add(tick(span.startNanos()));
                    cuts.add(tick(span.endNanos()));
                });
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
        long there = 0;
        for (Span span : present) {
            there += Math.max(
                    0, Math.min(scene.end(), tick(span.endNanos())) - Math.max(scene.start(), tick(span.startNanos())));
        }
        return 2 * there > scene.count();
    }

    private Chunk chunk(Ticks ticks, List<Tile> tiles, List<Rect> places) {
        List<Pane> panes = new ArrayList<>(tiles.size());
        for (int i = 0; i < tiles.size(); i++) {
            Tile tile = tiles.get(i);
            List<Clip> all = tile.clips.stream()
                    .filter(clip -> !visible(List.of(clip), ticks).isEmpty())
                    .toList();
            Look look = look(all, ticks);
            List<Clip> clips = all.stream()
                    .filter(clip -> clip.format().coding() == look.coding())
                    .toList();
            panes.add(new Pane(tile.person, tile.name, places.get(i), look, clips, visible(clips, ticks)));
        }
        return new Chunk(ticks, panes);
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
            long start = Math.max(within.start(), tick(span.startNanos()));
            long end = Math.min(within.end(), tick(span.endNanos()));
            if (start < end) {
                result.add(new Ticks(mayBeginEarly(clips, span, within) ? within.start() : start, end));
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
