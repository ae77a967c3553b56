package org.everytake.studio.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.everytake.peer.Peer;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.net.SocketNetwork;
import org.everytake.wire.Malformed;

/** Somebody in a room: speaks the room's protocol, and sends and receives real media. */
public final class Attendee implements Frames, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Peer peer;
    private final RoomSocket socket;
    private final FakeFrames frames = new FakeFrames();
    private final List<Exception> faults = new ArrayList<>();

    private Attendee(Rooms rooms, String session, String name, long seed) {
        this.peer = Peer.open(new SocketNetwork(), PeerOptions.of(name, seed));
        this.socket = Objects.requireNonNull(rooms.connect(session, Doors.open(session, "Show"), this));
    }

    /** Joins a room without sending anything. */
    public static Attendee join(Rooms rooms, String session, String name, long seed) {
        var attendee = new Attendee(rooms, session, name, seed);
        attendee.say(JSON.createObjectNode().put("type", "join").put("name", name));
        attendee.hears("joined");
        return attendee;
    }

    /** Joins as somebody who was there before. */
    public static Attendee join(Rooms rooms, String session, String name, long seed, String pass) {
        var attendee = new Attendee(rooms, session, name, seed);
        attendee.say(
                JSON.createObjectNode().put("type", "join").put("name", name).put("pass", pass));
        attendee.hears("joined");
        return attendee;
    }

    /** Sends a clip, and returns once media flows. */
    public Attendee publish(Clip clip) throws Exception {
        return publish(clip, "camera");
    }

    /** Sends a clip, and calls its picture sound. */
    public Attendee publishLying(Clip clip) throws Exception {
        return publish(clip, "microphone");
    }

    private Attendee publish(Clip clip, String kindOfPicture) throws Exception {
        ObjectNode message = JSON.createObjectNode().put("type", "publish").put("sdp", peer.offer(clip));
        var tracks = message.putArray("tracks");
        int mid = 0;
        if (clip.hasAudio()) {
            tracks.addObject().put("mid", String.valueOf(mid++)).put("kind", "microphone");
        }
        if (clip.hasVideo()) {
            tracks.addObject().put("mid", String.valueOf(mid)).put("kind", kindOfPicture);
        }
        say(message);
        peer.answered(hears("published").path("sdp").asText());
        peer.publishing().get(60, TimeUnit.SECONDS);
        return this;
    }

    public void mute(String kind, boolean muted) {
        say(JSON.createObjectNode().put("type", "mute").put("kind", kind).put("muted", muted));
    }

    public void leave() {
        say(JSON.createObjectNode().put("type", "leave"));
    }

    /** The socket breaks; media goes on. */
    public void loseSocket() {
        socket.lost();
    }

    public Peer peer() {
        return peer;
    }

    public String person() {
        return hears("joined").path("person").asText();
    }

    public String pass() {
        return hears("joined").path("pass").asText();
    }

    /** Every recording message so far: its state, or "null", with the detail if there is one. */
    public List<String> recordingStates() {
        return frames.received("recording").stream()
                .map(message -> message.path("recording"))
                .map(recording -> recording.isNull()
                        ? "null"
                        : recording.path("state").asText()
                                + (recording.path("detail").isNull()
                                        ? ""
                                        : ": " + recording.path("detail").asText()))
                .toList();
    }

    /** What the disk does to the recording, by the last message; "null" if nothing. */
    public String trouble() {
        List<JsonNode> all = frames.received("recording");
        return all.isEmpty()
                ? "null"
                : all.getLast().path("recording").path("trouble").asText("null");
    }

    public synchronized List<Exception> faults() {
        return List.copyOf(faults);
    }

    private JsonNode hears(String type) {
        return Await.value(type, () -> frames.last(type));
    }

    private void say(ObjectNode message) {
        socket.received(message.toString());
    }

    @Override
    public void send(String text) {
        frames.send(text);
        try {
            JsonNode message = JSON.readTree(text);
            if (message.path("type").asText().equals("subscribe")) {
                String answer = peer.answer(message.path("sdp").asText());
                say(JSON.createObjectNode()
                        .put("type", "subscribed")
                        .put("serial", message.path("serial").asLong())
                        .put("sdp", answer));
            }
        } catch (IOException | Malformed | RuntimeException e) {
            synchronized (this) {
                faults.add(e);
            }
        }
    }

    @Override
    public void ping() {
        socket.heard();
    }

    @Override
    public void close(int code, String reason) {
        frames.close(code, reason);
    }

    @Override
    public void close() {
        peer.close();
        socket.lost();
    }
}
