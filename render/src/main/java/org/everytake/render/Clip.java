package org.everytake.render;

import java.util.List;
import org.everytake.render.clock.ClockMap;

/**
 * A piece of one stream of a take on the timeline.
 *
 * @param format of the packets; a stream whose codec changes gives several clips
 * @param keyFrames when pictures begin that need none before them, in order, at least a second apart; empty for sound
 * @param turns when pictures got another orientation, in order; they are upright before the first
 * @param shown when it is to be seen or heard, in order: gaps are mutes, stretches without media, and those in which
 *     another clip of the same source is better
 */
public record Clip(
        int take, int stream, Format format, ClockMap clock, List<Long> keyFrames, List<Turn> turns, List<Span> shown) {
    public Clip {
        keyFrames = List.copyOf(keyFrames);
        turns = List.copyOf(turns);
        shown = List.copyOf(shown);
    }

    /** How its pictures lie at a moment. */
    Orientation orientationAt(long nanos) {
        Orientation orientation = Orientation.UPRIGHT;
        for (Turn turn : turns) {
            if (turn.nanos() > nanos) {
                break;
            }
            orientation = turn.orientation();
        }
        return orientation;
    }
}
