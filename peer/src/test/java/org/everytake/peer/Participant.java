package org.everytake.peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.everytake.call.OfferedTrack;
import org.everytake.call.Room;
import org.everytake.call.RoomListener;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.media.Layer;
import org.everytake.peer.media.Viewer;
import org.everytake.peer.net.Network;
import org.everytake.wire.Malformed;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;

/** A peer with its place in a room, signalling by method calls. */
final class Participant implements RoomListener, Viewer, AutoCloseable {
    final Peer peer;
    final Map<String, List<VideoFrame>> video = new ConcurrentHashMap<>();
    final Map<String, List<byte[]>> audio = new ConcurrentHashMap<>();
    final List<VideoLoss> losses = new CopyOnWriteArrayList<>();
    final List<OfferedTrack> tracks = new CopyOnWriteArrayList<>();
    final List<Exception> faults = new CopyOnWriteArrayList<>();
    private final Room room;
    private final String person;
    private volatile boolean remembers = true;

    Participant(Network network, Room room, PeerOptions options) {
        this.room = room;
        this.person = options.name();
        this.peer = Peer.open(network, options, this);
    }

    /** Keeps no frames from now on, for hours of them. */
    void remembersNothing() {
        remembers = false;
    }

    Participant join() throws Exception {
        room.join(person, person, this).get(60, TimeUnit.SECONDS);
        return this;
    }

    Participant publish(Clip clip) throws Exception {
        return publish(Layer.only(clip));
    }

    Participant publish(List<Layer> layers) throws Exception {
        String answer = room.publish(person, peer.offer(layers), Map.of()).get(60, TimeUnit.SECONDS);
        peer.answered(answer);
        peer.publishing().get(60, TimeUnit.SECONDS);
        return this;
    }

    @Override
    public void subscribe(long serial, String sdp, List<OfferedTrack> offered) {
        try {
            tracks.clear();
            tracks.addAll(offered);
            room.subscribed(person, serial, peer.answer(sdp));
        } catch (IOException | Malformed | RuntimeException e) {
            faults.add(e);
        }
    }

    @Override
    public void video(String mid, VideoFrame frame) {
        if (!remembers) {
            return;
        }
        video.computeIfAbsent(mid, m -> new CopyOnWriteArrayList<>()).add(frame);
    }

    @Override
    public void videoLost(String mid, VideoLoss loss) {
        losses.add(loss);
    }

    @Override
    public void audio(String mid, long extendedSequence, long rtpTimestamp, byte[] opus) {
        if (!remembers) {
            return;
        }
        audio.computeIfAbsent(mid, m -> new CopyOnWriteArrayList<>()).add(opus);
    }

    int frames() {
        return video.values().stream().mapToInt(List::size).sum();
    }

    int opusPackets() {
        return audio.values().stream().mapToInt(List::size).sum();
    }

    List<VideoFrame> allFrames() {
        List<VideoFrame> all = new ArrayList<>();
        video.values().forEach(all::addAll);
        return all;
    }

    List<byte[]> allOpus() {
        List<byte[]> all = new ArrayList<>();
        audio.values().forEach(all::addAll);
        return all;
    }

    @Override
    public void close() {
        peer.close();
    }
}
