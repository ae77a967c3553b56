package org.everytake.call.room;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.everytake.call.Kind;
import org.everytake.call.PersonState;
import org.everytake.call.Refused;
import org.everytake.call.Room;
import org.everytake.call.RoomListener;
import org.everytake.call.Sink;
import org.everytake.call.Viewed;
import org.everytake.call.net.EventLoop;

/** What other threads hold of a room: carries their calls to its loop. */
final class RoomFront implements Room {
    private final String session;
    private final Switchboard switchboard;
    private final EventLoop loop;
    private final LiveRoom room;
    private final Consumer<RoomFront> forget;

    /** A call that the room may refuse. */
    private interface Call<T> {
        T run() throws Refused;
    }

    private interface Action {
        void run() throws Refused;
    }

    RoomFront(String session, Switchboard switchboard, EventLoop loop, LiveRoom room, Consumer<RoomFront> forget) {
        this.session = session;
        this.switchboard = switchboard;
        this.loop = loop;
        this.room = room;
        this.forget = forget;
    }

    /** Where the room is. */
    Switchboard switchboard() {
        return switchboard;
    }

    LiveRoom room() {
        return room;
    }

    @Override
    public String session() {
        return session;
    }

    @Override
    public CompletableFuture<List<PersonState>> join(String person, String name, RoomListener listener) {
        return post(() -> room.join(person, name, listener));
    }

    @Override
    public CompletableFuture<Void> leave(String person) {
        return run(() -> room.leave(person));
    }

    @Override
    public CompletableFuture<String> publish(String person, String offerSdp, Map<String, Kind> kinds) {
        Map<String, Kind> copy = Map.copyOf(kinds);
        return post(() -> room.publish(person, offerSdp, copy));
    }

    @Override
    public CompletableFuture<Void> subscribed(String person, long serial, String answerSdp) {
        return run(() -> room.subscribed(person, serial, answerSdp));
    }

    @Override
    public CompletableFuture<String> watch(String viewer, String offerSdp, Optional<String> person) {
        return post(() -> room.watch(viewer, offerSdp, person));
    }

    @Override
    public CompletableFuture<Void> unwatch(String viewer) {
        return run(() -> room.unwatch(viewer));
    }

    @Override
    public CompletableFuture<Set<String>> viewers() {
        return post(room::viewers);
    }

    @Override
    public CompletableFuture<Void> mute(String person, Kind kind, boolean muted) {
        return run(() -> room.mute(person, kind, muted));
    }

    @Override
    public CompletableFuture<Void> view(String person, List<Viewed> viewed) {
        List<Viewed> copy = List.copyOf(viewed);
        return run(() -> room.view(person, copy));
    }

    @Override
    public CompletableFuture<List<PersonState>> people() {
        return post(room::people);
    }

    @Override
    public CompletableFuture<Void> add(Sink sink) {
        return run(() -> room.add(sink));
    }

    @Override
    public CompletableFuture<Void> remove(Sink sink) {
        return run(() -> room.remove(sink));
    }

    @Override
    public void requestKeyFrames() {
        run(room::requestKeyFrames);
    }

    @Override
    public CompletableFuture<Void> close() {
        forget.accept(this);
        return run(() -> room.close("left"));
    }

    private CompletableFuture<Void> run(Action action) {
        var future = new CompletableFuture<Void>();
        deliver(future, () -> {
            action.run();
            future.complete(null);
        });
        return future;
    }

    private <T> CompletableFuture<T> post(Call<T> call) {
        var future = new CompletableFuture<T>();
        deliver(future, () -> future.complete(call.run()));
        return future;
    }

    private void deliver(CompletableFuture<?> future, Action action) {
        try {
            loop.execute(() -> {
                try {
                    action.run();
                } catch (Refused | RuntimeException e) {
                    future.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(new Refused("room-closed", "The server is stopping."));
        }
    }
}
