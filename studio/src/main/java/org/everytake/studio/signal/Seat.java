package org.everytake.studio.signal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.everytake.call.PersonState;
import org.everytake.call.RoomListener;

/**
 * The place in a room of somebody who has no socket, such as an encoder that came by WHIP. It is theirs until they give
 * it up, somebody else comes by the same id, or the path of what they send is lost. Any thread.
 */
public final class Seat implements RoomListener {
    private final LiveRoom room;
    private final String person;
    private final Runnable lost;
    private CompletableFuture<List<PersonState>> joined = new CompletableFuture<>();

    Seat(LiveRoom room, String person, Runnable lost) {
        this.room = room;
        this.person = person;
        this.lost = lost;
    }

    String person() {
        return person;
    }

    /** Under the room's lock, as is the next. */
    void join(CompletableFuture<List<PersonState>> asked) {
        joined = asked;
    }

    CompletableFuture<List<PersonState>> joined() {
        return joined;
    }

    /**
     * Sends what an offer says: the first one, or a changed one of the same connection.
     *
     * @return the SDP of the answer; fails as {@code Room.publish} does, and with {@code room-full} and
     *     {@code room-closed}
     */
    public CompletableFuture<String> publish(String offerSdp) {
        return room.publish(this, offerSdp);
    }

    /** Leaves, unless somebody else has the place by now. */
    public void giveUp() {
        room.giveUp(this);
    }

    @Override
    public void pathLost(Path path, String reason) {
        if (path == Path.PUBLISH && room.holds(this)) {
            giveUp();
            lost.run();
        }
    }
}
