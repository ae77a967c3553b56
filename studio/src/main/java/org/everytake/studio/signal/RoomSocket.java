package org.everytake.studio.signal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.everytake.call.Demand;
import org.everytake.call.Kind;
import org.everytake.call.OfferedTrack;
import org.everytake.call.PersonState;
import org.everytake.call.Refused;
import org.everytake.call.RoomListener;
import org.everytake.studio.signal.BadMessage.Fault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of one client: understands its messages, asks the call's room, and answers.
 *
 * <p>Messages come from the WebSocket's thread, one at a time; what is marked volatile is read by others. The lock of
 * {@link LiveRoom} may be held when this is called, and may be asked for from here.
 */
final class RoomSocket {
    private static final Logger LOG = LoggerFactory.getLogger(RoomSocket.class);

    private final LiveRoom room;
    private final Door door;
    private final Frames frames;
    private final Rooms.World world;
    /** Done once {@code joined} is on its way: news of the room must not overtake it. */
    private final CompletableFuture<Void> welcome = new CompletableFuture<>();

    private volatile LiveRoom.@Nullable Entry entry;
    private volatile boolean ended;
    private volatile long heardNanos;
    private long pingedNanos;
    private int badMessages;

    RoomSocket(LiveRoom room, Door door, Frames frames, Rooms.World world) {
        this.room = room;
        this.door = door;
        this.frames = frames;
        this.world = world;
        this.heardNanos = world.nanoClock().getAsLong();
        this.pingedNanos = heardNanos;
    }

    void received(String text) {
        heard();
        if (ended) {
            return;
        }
        try {
            handle(ClientMessages.parse(text));
        } catch (BadMessage bad) {
            refuse(bad);
        }
    }

    void receivedBinary() {
        heard();
        refuse(new BadMessage(Fault.MALFORMED_MESSAGE, "Messages are text, this one was binary.", null));
    }

    /** Anything, a pong for instance, arrived from the client. */
    void heard() {
        heardNanos = world.nanoClock().getAsLong();
    }

    long heardNanos() {
        return heardNanos;
    }

    private void handle(ClientMessage message) throws BadMessage {
        LiveRoom.Entry joined = entry;
        if (message instanceof ClientMessage.Join join) {
            if (joined != null) {
                throw new BadMessage(Fault.ALREADY_JOINED, "This socket has joined already.", join.type());
            }
            join(join);
            return;
        }
        if (joined == null) {
            throw new BadMessage(Fault.NOT_JOINED, "The first message is join.", message.type());
        }
        String person = joined.person();
        switch (message) {
            case ClientMessage.Publish publish -> {
                if (!door.mode().showsCameras()
                        && (publish.kinds().values().stream().anyMatch(Kind::isVideo)
                                || Offers.sendsPicture(publish.sdp()))) {
                    throw new BadMessage(Fault.UNSUPPORTED_SDP, "This session has no video.", publish.type());
                }
                answer(
                        room.call().publish(person, publish.sdp(), publish.kinds()),
                        publish,
                        sdp -> send(new ServerMessage.Published(sdp)));
            }
            case ClientMessage.Subscribed subscribed ->
                answer(
                        room.call().subscribed(person, subscribed.serial(), subscribed.sdp()),
                        subscribed,
                        ignored -> {});
            case ClientMessage.Mute mute ->
                answer(room.call().mute(person, mute.kind(), mute.muted()), mute, ignored -> {});
            case ClientMessage.View view -> answer(room.call().view(person, view.tracks()), view, ignored -> {});
            case ClientMessage.Leave leave -> {
                end();
                room.leave(this, joined);
                CloseCode.LEFT.close(frames);
            }
            case ClientMessage.Join join -> throw new IllegalStateException("handled above");
        }
    }

    private void join(ClientMessage.Join join) throws BadMessage {
        String name = join.name() == null ? door.name() : join.name();
        if (name == null) {
            throw new BadMessage(Fault.MALFORMED_MESSAGE, "Who is not signed in says a name.", join.type());
        }
        LiveRoom.Entry entering = room.enter(this, door, name, join.pass()).orElse(null);
        if (entering == null) {
            end();
            CloseCode.NO_SUCH_SESSION.close(frames);
            return;
        }
        entry = entering;
        var unused = room.call()
                .join(entering.person(), entering.name(), new News())
                .whenCompleteAsync(
                        (people, fault) -> {
                            if (fault == null) {
                                room.joined(this, door, entering, people);
                            } else {
                                entry = null;
                                room.turnedAway(this, entering);
                                refuse(bad(fault, join));
                            }
                        },
                        world.executor());
    }

    private <T> void answer(CompletableFuture<T> asked, ClientMessage message, Consumer<T> granted) {
        var unused = asked.whenCompleteAsync(
                (result, fault) -> {
                    if (fault == null) {
                        granted.accept(result);
                    } else {
                        refuse(bad(fault, message));
                    }
                },
                world.executor());
    }

    /** What the call's room refused, in the protocol's words. */
    private static BadMessage bad(Throwable fault, ClientMessage message) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof Refused refused) {
            for (Fault id : Fault.values()) {
                if (id.word.equals(refused.id())) {
                    return new BadMessage(id, refused.detail(), message.type());
                }
            }
            return new BadMessage(Fault.NOT_JOINED, refused.detail(), message.type());
        }
        LOG.warn("A room could not handle {}", message.type(), cause);
        return new BadMessage(Fault.MALFORMED_MESSAGE, "The room could not handle this message.", message.type());
    }

    private void refuse(BadMessage bad) {
        send(new ServerMessage.Refused(bad.id.word, bad.detail(), bad.of));
        if (bad.id.counts && countBad() >= world.options().badMessages()) {
            end();
            CloseCode.TOO_MANY_BAD_MESSAGES.close(frames);
        }
    }

    private synchronized int countBad() {
        return ++badMessages;
    }

    void send(ServerMessage message) {
        if (!ended) {
            frames.send(ServerMessages.print(message));
        }
    }

    /** From now on the client knows the room, and may hear of changes. */
    void welcomed() {
        welcome.complete(null);
    }

    boolean isWelcome() {
        return welcome.isDone() && !ended;
    }

    /** Once a second, under the room's lock. */
    void tick(long nowNanos) {
        if (LiveRoom.longer(nowNanos - heardNanos, world.options().silence())) {
            end();
            CloseCode.SILENT.close(frames);
            room.lost(this);
        } else if (LiveRoom.longer(nowNanos - pingedNanos, world.options().pingEvery())) {
            pingedNanos = nowNanos;
            frames.ping();
        }
    }

    /** The same person came by another socket. */
    void replaced() {
        end();
        CloseCode.JOINED_ELSEWHERE.close(frames);
    }

    void serverStops() {
        end();
        CloseCode.GOING_AWAY.close(frames);
    }

    /** The connection is gone. */
    void lost() {
        end();
        room.lost(this);
    }

    private void end() {
        ended = true;
        // Whoever waits to tell news is let go; send() then says nothing.
        welcome.complete(null);
    }

    /** What the call's room tells this person, on a virtual thread of its own. */
    private final class News implements RoomListener {
        @Override
        public void person(PersonState state) {
            tell(new ServerMessage.PersonChanged(LiveRoom.person(state)));
        }

        @Override
        public void left(String person) {
            tell(new ServerMessage.Left(person));
        }

        @Override
        public void subscribe(long serial, String sdp, List<OfferedTrack> tracks) {
            tell(new ServerMessage.Subscribe(
                    serial,
                    sdp,
                    tracks.stream()
                            .map(track -> new ServerMessage.SubscribedTrack(track.mid(), track.person(), track.kind()))
                            .toList()));
        }

        @Override
        public void demand(List<Demand> demands) {
            tell(new ServerMessage.Demanded(demands));
        }

        @Override
        public void speaker(@Nullable String person) {
            tell(new ServerMessage.Speaker(person));
        }

        private void tell(ServerMessage message) {
            welcome.join();
            send(message);
        }
    }
}
