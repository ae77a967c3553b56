package org.everytake.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Cuts a timeline into chunks of constant layout. Used once, by one thread. */
final class Planner {
    /** A multiple of the 3.2 s at which frames of picture and sound meet; a minute is work for two processors. */
    private static final int CHUNK_SECONDS = 32;
    /** Scenes shorter than this are not worth a cut: two people who come together change the picture once. */
    private static final double SHORTEST_SCENE_SECONDS = 0.4;

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
        return new RenderPlan(preset, timeline.title(), ticks, preset.isSoundOnly() ? List.of() : chunks(), voices);
    }

    private List<Chunk> chunks() {
        List<Chunk> chunks = new ArrayList<>();
        for (Ticks scene : scenes()) {
            List<Participant> here = timeline.people().stream()
                    .filter(person -> isPresent(person, scene))
                    .toList();
            List<Rect> places = places(here.size());
            long step = (long) CHUNK_SECONDS * preset.framesPerSecond();
            for (long start = scene.start(); start < scene.end(); ) {
                long end = Math.min(scene.end(), (start / step + 1) * step);
                chunks.add(chunk(new Ticks(start, end), here, places));
                start = end;
            }
        }
        return chunks;
    }

    private List<Rect> places(int count) {
        return switch (preset.canvas().layout()) {
            case GRID ->
                GridLayout.of(count, preset.canvas().width(), preset.canvas().height());
            case SOLO ->
                Collections.nCopies(
                        count,
                        new Rect(0, 0, preset.canvas().width(), preset.canvas().height()));
        };
    }

    /** The stretches in which nobody comes or goes. */
    private List<Ticks> scenes() {
        if (preset.canvas().layout() == Preset.Layout.SOLO) {
            return List.of(new Ticks(0, ticks));
        }
        TreeSet<Long> cuts = new TreeSet<>();
        for (Participant person : timeline.people()) {
            for (Span span : person.present()) {
                cuts.add(tick(span.startNanos()));
                cuts.add(tick(span.endNanos()));
            }
        }
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

    /** Whoever is there for most of a scene has a pane in it: cuts that were too close together may fall inside. */
    private boolean isPresent(Participant person, Ticks scene) {
        if (preset.canvas().layout() == Preset.Layout.SOLO) {
            return true;
        }
        long there = 0;
        for (Span span : person.present()) {
            there += Math.max(
                    0, Math.min(scene.end(), tick(span.endNanos())) - Math.max(scene.start(), tick(span.startNanos())));
        }
        return 2 * there > scene.count();
    }

    private Chunk chunk(Ticks ticks, List<Participant> here, List<Rect> places) {
        List<Pane> panes = new ArrayList<>(here.size());
        for (int i = 0; i < here.size(); i++) {
            Participant person = here.get(i);
            List<Clip> clips = person.pictures().stream()
                    .filter(clip -> !visible(List.of(clip), ticks).isEmpty())
                    .toList();
            panes.add(new Pane(person.person(), person.name(), places.get(i), clips, visible(clips, ticks)));
        }
        return new Chunk(ticks, panes);
    }

    private List<Ticks> visible(List<Clip> clips, Ticks within) {
        List<Span> shown =
                Span.union(clips.stream().flatMap(clip -> clip.shown().stream()).toList());
        List<Ticks> result = new ArrayList<>();
        for (Span span : shown) {
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
}
