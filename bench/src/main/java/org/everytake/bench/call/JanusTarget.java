package org.everytake.bench.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.everytake.peer.Peer;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.net.Network;
import org.everytake.wire.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rooms of Janus's videoroom, in which every publisher is recorded into {@code .mjr} files. Thread-safe. */
final class JanusTarget implements Target {
    private static final Logger log = LoggerFactory.getLogger(JanusTarget.class);
    private static final long PATIENCE_SECONDS = 20;
    private static final int MOST_PUBLISHERS = 100;
    private static final int FIRST_ROOM = 1000;
    private static final int KEEP_ALIVE_SECONDS = 20;

    private final Network network;
    private final String recordings;
    private final String codec;
    private final JanusSocket janus;
    private final long control;
    private final ScheduledExecutorService timer =
            new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().factory());
    private final Map<Integer, List<Long>> feeds = new HashMap<>();

    private final class Somebody implements Guest {
        private final Peer peer;
        private final long handle;

        Somebody(Peer peer, long handle) {
            this.peer = peer;
            this.handle = handle;
        }

        @Override
        public Peer peer() {
            return peer;
        }

        @Override
        public void close() {
            peer.close();
            try {
                janus.detach(handle);
            } catch (IOException e) {
                log.debug("leaving", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * @param recordings the folder into which Janus records
     * @param codec of video, which a room allows
     */
    JanusTarget(URI socket, String recordings, String codec, Network network) throws IOException, InterruptedException {
        this.network = network;
        this.recordings = recordings;
        this.codec = codec.toLowerCase(Locale.ROOT);
        this.janus = new JanusSocket(socket);
        this.control = janus.attach();
        timer.scheduleAtFixedRate(this::keepAlive, KEEP_ALIVE_SECONDS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    }

    private void keepAlive() {
        try {
            janus.keepAlive();
        } catch (IOException e) {
            log.warn("Janus is not kept alive", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Guest publish(int room, PeerOptions options, Clip clip) throws IOException, InterruptedException {
        feeds(room);
        long handle = janus.attach();
        Peer peer = Peer.open(network, options);
        try {
            JsonNode joined = janus.message(handle, join(room, "publisher").put("display", options.name()), null);
            ObjectNode publish =
                    JanusSocket.body("publish").put("record", true).put("filename", room + "-" + options.name());
            JsonNode answer = janus.message(handle, publish, JanusSocket.jsep("offer", peer.offer(clip)));
            peer.answered(sdp(answer));
            peer.publishing().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            synchronized (this) {
                feeds(room).add(data(joined).path("id").asLong());
            }
            return new Somebody(peer, handle);
        } catch (Malformed | ExecutionException | TimeoutException failed) {
            peer.close();
            throw new IOException("Media does not flow to Janus: " + failed.getMessage(), failed);
        }
    }

    @Override
    public Guest view(int room, PeerOptions options) throws IOException, InterruptedException {
        long handle = janus.attach();
        Peer peer = Peer.open(network, options);
        try {
            ObjectNode join = join(room, "subscriber");
            for (long feed : List.copyOf(feeds(room))) {
                join.withArray("streams").addObject().put("feed", feed);
            }
            JsonNode offer = janus.message(handle, join, null);
            String answer = peer.answer(sdp(offer));
            janus.message(handle, JanusSocket.body("start"), JanusSocket.jsep("answer", answer));
            peer.viewing().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Somebody(peer, handle);
        } catch (Malformed | ExecutionException | TimeoutException failed) {
            peer.close();
            throw new IOException("Media does not flow from Janus: " + failed.getMessage(), failed);
        }
    }

    /** Of the room, which is made if it is not there. */
    private synchronized List<Long> feeds(int room) throws IOException, InterruptedException {
        List<Long> known = feeds.get(room);
        if (known == null) {
            janus.message(
                    control,
                    JanusSocket.body("create")
                            .put("room", FIRST_ROOM + room)
                            .put("publishers", MOST_PUBLISHERS)
                            .put("bitrate", 0)
                            .put("fir_freq", 10)
                            .put("videocodec", codec)
                            .put("audiocodec", "opus")
                            .put("record", true)
                            .put("rec_dir", recordings),
                    null);
            known = new ArrayList<>();
            feeds.put(room, known);
        }
        return known;
    }

    private static ObjectNode join(int room, String kind) {
        return JanusSocket.body("join").put("room", FIRST_ROOM + room).put("ptype", kind);
    }

    private static JsonNode data(JsonNode message) {
        return message.path("plugindata").path("data");
    }

    private static String sdp(JsonNode message) throws IOException {
        String sdp = message.path("jsep").path("sdp").asText();
        if (sdp.isEmpty()) {
            throw new IOException("Janus answered without SDP: " + message);
        }
        return sdp;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        janus.close();
    }
}
