package org.everytake.render;

import java.util.List;
import org.everytake.render.sound.Waveform;

/**
 * Everything a render does, decided: a pure function of timeline and preset, immutable, and printable with
 * {@link #dump}.
 *
 * @param ticks how many frames the output has; the sound is exactly as long
 * @param remarks on what is on tape and not in the file, a sentence each
 * @param chapters places to go to, the first at its beginning
 * @param chunks in order, without holes, from tick 0 to {@code ticks}; none where there is sound alone
 */
public record RenderPlan(
        Preset preset,
        String title,
        long ticks,
        List<String> remarks,
        List<Chapter> chapters,
        List<Chunk> chunks,
        List<Voice> voices) {
    public RenderPlan {
        remarks = List.copyOf(remarks);
        chapters = List.copyOf(chapters);
        chunks = List.copyOf(chunks);
        voices = List.copyOf(voices);
    }

    public static RenderPlan of(Timeline timeline, Preset preset) {
        return new Planner(timeline, preset).plan();
    }

    /** How many samples at 48 kHz the output has. */
    public long samples() {
        return ticks * preset.samplesPerTick();
    }

    /** How long the output is. */
    public long durationNanos() {
        return ticks * (1_000_000_000L / preset.framesPerSecond());
    }

    /** What is known of the file beside it, once its sound was mixed. */
    public Outline outline(Waveform waveform) {
        return new Outline(chapters, durationNanos(), waveform);
    }

    /** The plan as text, a line per fact, stable between runs; what golden tests compare. */
    public String dump() {
        return PlanDump.of(this);
    }
}
