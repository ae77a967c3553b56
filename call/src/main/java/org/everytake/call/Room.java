package org.everytake.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A live session. All methods may be called from any thread, return at once, and take effect in the order of the calls;
 * what a future brings is completed on the room's loop, so dependents that block must be asynchronous ({@code join()}
 * on a virtual thread is fine). A future fails with {@link Refused}.
 */
public interface Room {
    String session();

    /**
     * Joins, or comes back: a person who is there already gets the new listener and a new subscription, while what they
     * publish goes on until they publish anew.
     *
     * @return everybody in the room, the person included; what changes after that moment comes to the listener
     */
    CompletableFuture<List<PersonState>> join(String person, String name, RoomListener listener);

    /** Leaves for good: closes what the person publishes and subscribes. Nothing happens if they are not there. */
    CompletableFuture<Void> leave(String person);

    /**
     * Takes an offer of what a person sends. An offer of the same connection (same DTLS fingerprint) changes it: tracks
     * added and removed, ICE restarted. Any other replaces it.
     *
     * @param kinds by mid; sections that are not named are guessed: audio a microphone, video a camera
     * @return the SDP of the answer
     */
    CompletableFuture<String> publish(String person, String offerSdp, Map<String, Kind> kinds);

    /** The answer to the offer of that serial. */
    CompletableFuture<Void> subscribed(String person, long serial, String answerSdp);

    /**
     * Takes an offer of somebody who watches without being in the room (WHEP): one sound and one picture. A screen that
     * is shared goes before a camera. An offer of the same connection (same DTLS fingerprint) restarts ICE; any other
     * takes the place of what the viewer had.
     *
     * @param person whom they see and hear; if empty whoever speaks
     * @return the SDP of the answer
     */
    CompletableFuture<String> watch(String viewer, String offerSdp, Optional<String> person);

    /** They watch no more. Nothing happens if they are not there. */
    CompletableFuture<Void> unwatch(String viewer);

    /** Those who watch now; whose path was lost is not among them. */
    CompletableFuture<Set<String>> viewers();

    CompletableFuture<Void> mute(String person, Kind kind, boolean muted);

    /**
     * Which pictures a person sees, and how large, in place of what was said before. What is not named they do not see;
     * who has never said it sees everything as large as it comes.
     */
    CompletableFuture<Void> view(String person, List<Viewed> viewed);

    /** Everybody in the room. */
    CompletableFuture<List<PersonState>> people();

    /** Done when the sink has heard of the present state. */
    CompletableFuture<Void> add(Sink sink);

    /** After the future is done the sink is not called any more. It hears no {@code closed} of what goes on without it. */
    CompletableFuture<Void> remove(Sink sink);

    /** Asks for a key frame of each open video track, at a bounded rate. */
    void requestKeyFrames();

    /** Everybody leaves, and the room is forgotten; {@link CallServer#room} makes a new one. */
    CompletableFuture<Void> close();
}
