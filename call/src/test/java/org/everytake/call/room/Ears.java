package org.everytake.call.room;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.everytake.call.OfferedTrack;
import org.everytake.call.PersonState;
import org.everytake.call.RoomListener;

/** Writes down what somebody in a room is told. */
final class Ears implements RoomListener {
    /** An offer of the server. */
    record Offered(long serial, String sdp, List<OfferedTrack> tracks) {}

    final BlockingQueue<Offered> offers = new LinkedBlockingQueue<>();
    final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    @Override
    public void person(PersonState state) {
        news.add(state.person() + " " + state.sends() + " " + state.muted());
    }

    @Override
    public void left(String person) {
        news.add(person + " left");
    }

    @Override
    public void subscribe(long serial, String sdp, List<OfferedTrack> tracks) {
        offers.add(new Offered(serial, sdp, tracks));
    }

    @Override
    public void pathLost(Path path, String reason) {
        news.add(path + " lost");
    }
}
