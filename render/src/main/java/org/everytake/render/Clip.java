package org.everytake.render;

import java.util.List;
import org.everytake.render.clock.ClockMap;

/**
 * A piece of one stream of a take on the timeline.
 *
 * @param payloadType of the codec that is to be decoded; packets of other types are left out
 * @param keyFrames when pictures begin that need none before them, in order, at least a second apart; empty for sound
 * @param shown when it is to be seen or heard, in order: gaps are mutes and stretches without media
 */
public record Clip(int take, int stream, int payloadType, ClockMap clock, List<Long> keyFrames, List<Span> shown) {
    public Clip {
        keyFrames = List.copyOf(keyFrames);
        shown = List.copyOf(shown);
    }
}
