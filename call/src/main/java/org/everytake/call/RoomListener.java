package org.everytake.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one person in a room is told. Each listener is called in order, one call at a time, on a virtual thread of its
 * own, and may block: only its own news then wait. The news of a listener that falls 1,000 behind are dropped and
 * counted.
 */
public interface RoomListener {
    /** Somebody, oneself too, has joined or has changed. */
    default void person(PersonState state) {}

    /** Somebody else left the room. */
    default void left(String person) {}

    /**
     * An offer with everything the others send. Answer with {@link Room#subscribed}; the next one comes only after it.
     *
     * @param tracks the active media sections
     */
    default void subscribe(long serial, String sdp, List<OfferedTrack> tracks) {}

    /** What is wanted of the person's own video tracks, in place of what was said of them before. */
    default void demand(List<Demand> demands) {}

    /** Who speaks now; null if nobody does. */
    default void speaker(@Nullable String person) {}

    /** The path was silent for too long, or closed by the peer. Publish again, or join again to get a new subscription. */
    default void pathLost(Path path, String reason) {}

    /** Which of a person's two connections. */
    enum Path {
        PUBLISH,
        SUBSCRIBE
    }
}
