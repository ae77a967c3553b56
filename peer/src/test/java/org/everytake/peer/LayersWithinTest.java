package org.everytake.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.DatagramPort;
import org.everytake.call.Kind;
import org.everytake.call.Room;
import org.everytake.call.Viewed;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.Encoding;
import org.everytake.peer.clip.FlashClip;
import org.everytake.peer.media.FrameLog;
import org.everytake.peer.media.ReceivedStatistics;
import org.everytake.peer.net.Conditions;
import org.everytake.peer.net.VirtualHost;
import org.everytake.peer.net.VirtualNetwork;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.vp9.Vp9Superframe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** VP9 with three spatial layers within one stream: each gets of it what their path carries, and the tape everything. */
@Timeout(180)
class LayersWithinTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path CLIPS = Path.of("target", "clips");
    private static final long SECOND = 1_000_000_000L;
    private static final int FRAMES_PER_SECOND = 30;
    private static final int KEY_FRAME_PERIOD = 5;

    private static Clip lower;
    private static Clip layered;

    @BeforeAll
    static void makeClips() throws Exception {
        lower = layer(320, 180, 150_000);
        layered = superframes(lower, layer(640, 360, 350_000), layer(1_280, 720, 1_000_000));
    }

    /** As heavy as a camera's, with key frames often, as in {@link LossyNetworkTest}. */
    private static Clip layer(int width, int height, int bitsPerSecond) throws Exception {
        Clip clip = new FlashClip("0x2060C0", 1000, width, height, 150, 2)
                .coded(Encoding.VP9, Encoding.OPUS)
                .in(CLIPS);
        List<Clip.Unit> video = new ArrayList<>();
        int least = bitsPerSecond / 8 / FRAMES_PER_SECOND;
        for (Clip.Unit unit : clip.video()) {
            boolean isKey = video.size() % KEY_FRAME_PERIOD == 0;
            byte[] bytes = isKey ? clip.video().getFirst().bytes() : unit.bytes();
            video.add(new Clip.Unit(unit.ticks(), Arrays.copyOf(bytes, Math.max(bytes.length, least)), isKey));
        }
        return new Clip(Encoding.VP9, video, Encoding.OPUS, clip.audio(), clip.durationNanos());
    }

    /** Each layer is coded by itself, so what arrives is judged by its bytes. */
    private static Clip superframes(Clip... layers) {
        List<Clip.Unit> video = new ArrayList<>();
        for (int i = 0; i < lower.video().size(); i++) {
            int n = i;
            List<byte[]> frames = Arrays.stream(layers)
                    .map(layer -> layer.video().get(n).bytes())
                    .toList();
            Clip.Unit unit = lower.video().get(i);
            video.add(new Clip.Unit(unit.ticks(), Vp9Superframe.of(frames), unit.keyFrame()));
        }
        return new Clip(Encoding.VP9, video, Encoding.OPUS, lower.audio(), lower.durationNanos());
    }

    private final VirtualNetwork network =
            new VirtualNetwork(13, Conditions.of(0, Duration.ofMillis(20)), Instant.parse("2026-11-01T12:00:00Z"));
    private final VirtualHost annas = network.host();
    private final VirtualHost carls = network.host();
    private final Taped taped = new Taped(Kind.CAMERA, VideoCodec.VP9);

    private CallServer server() {
        DatagramPort port = network.open();
        var options = CallOptions.of(port.localAddress())
                .withAdvertised(List.of(port.localAddress().getAddress()), 0);
        return CallServer.open(options, port, network::nanoTime, network::wallTime);
    }

    /** All of these are pictures of the clip, byte for byte. */
    private static void areOf(Clip clip, List<VideoFrame> frames) {
        Set<ByteBuffer> sent = new HashSet<>();
        clip.video().forEach(unit -> sent.add(ByteBuffer.wrap(unit.bytes())));
        for (int i = 0; i < frames.size(); i++) {
            VideoFrame frame = frames.get(i);
            assertThat(sent.contains(ByteBuffer.wrap(frame.bytes())))
                    .as("frame %s of %s: %s bytes, %s wide", i, frames.size(), frame.bytes().length, frame.width())
                    .isTrue();
        }
    }

    private static List<VideoFrame> since(List<VideoFrame> frames, int first) {
        return frames.subList(first, frames.size());
    }

    private static int width(Participant viewer) {
        return viewer.peer.received().stream()
                .mapToInt(stream -> stream.frames().width())
                .max()
                .orElseThrow();
    }

    private static FrameLog frames(Participant viewer) {
        return viewer.peer.frames(viewer.tracks.stream()
                .filter(track -> track.kind() == Kind.CAMERA)
                .findFirst()
                .orElseThrow()
                .mid());
    }

    @Test
    void CAP_3_whoSeesItSmallGetsTheLowerLayersWithoutAGap() throws Exception {
        try (CallServer server = server()) {
            Room room = server.room("session");
            room.add(taped).join();
            try (Participant anna = new Participant(annas, room, PeerOptions.of("anna", 1));
                    Participant bert = new Participant(network, room, PeerOptions.of("bert", 2));
                    Participant carl = new Participant(carls, room, PeerOptions.of("carl", 3))) {
                bert.join();
                carl.join();
                anna.join().publish(layered);
                Await.until("the first pictures", PATIENCE, () -> bert.frames() >= 5 && carl.frames() >= 5);
                room.view("carl", List.of(new Viewed("anna", Kind.CAMERA, 180))).get();
                network.freeze();
                // Meanwhile it is found out that Bert's path carries everything.
                network.advance(Duration.ofSeconds(20));
                int carlsBefore = carl.frames();
                int bertsBefore = bert.frames();
                network.advance(Duration.ofSeconds(20));
                List<VideoFrame> small = since(carl.allFrames(), carlsBefore);
                assertThat(small).hasSizeBetween(595, 605);
                areOf(lower, small);
                areOf(layered, since(bert.allFrames(), bertsBefore));
                for (Participant viewer : List.of(bert, carl)) {
                    assertThat(viewer.losses).isEmpty();
                    assertThat(viewer.peer.received()).allMatch(stream -> stream.missing() == 0);
                }
                assertThat(server.counters().get(Counter.RTP_THINNED)).isPositive();

                int middleFrom = carl.frames();
                room.view("carl", List.of(new Viewed("anna", Kind.CAMERA, 360))).get();
                network.advance(Duration.ofSeconds(5));
                List<VideoFrame> larger = since(carl.allFrames(), middleFrom + 60);
                assertThat(larger).isNotEmpty();
                for (VideoFrame frame : larger) {
                    assertThat(frame.width()).isEqualTo(640);
                }
                assertThat(carl.losses).isEmpty();
                assertThat(taped.frames()).hasSizeGreaterThan(1_200);
                areOf(layered, taped.frames());
            }
        }
    }

    @Test
    void CAP_1_CAP_3_aPathThatBecomesNarrowGetsFewerLayersAndTheTapeAll() throws Exception {
        try (CallServer server = server()) {
            Room room = server.room("session");
            room.add(taped).join();
            try (Participant anna = new Participant(annas, room, PeerOptions.of("anna", 1));
                    Participant bert = new Participant(network, room, PeerOptions.of("bert", 2));
                    Participant carl = new Participant(carls, room, PeerOptions.of("carl", 3))) {
                bert.join();
                carl.join();
                anna.join().publish(layered);
                Await.until("the first pictures", PATIENCE, () -> bert.frames() >= 5 && carl.frames() >= 5);
                network.freeze();
                network.advance(Duration.ofSeconds(20));
                assertThat(width(bert)).isEqualTo(1_280);
                assertThat(width(carl)).isEqualTo(1_280);

                carls.setDown(Conditions.PERFECT.withRate(400_000, 64 * 1024));
                long narrow = network.nanoTime();
                network.advance(Duration.ofSeconds(20));
                assertThat(frames(carl).longestGapNanos(narrow, network.nanoTime()))
                        .as("longest freeze")
                        .isLessThanOrEqualTo(SECOND);
                assertThat(width(carl)).isEqualTo(320);
                assertThat(width(bert)).isEqualTo(1_280);
                assertThat(frames(bert).longestGapNanos(narrow, network.nanoTime()))
                        .isLessThan(SECOND / 5);

                carls.setDown(Conditions.PERFECT);
                network.advance(Duration.ofSeconds(60));
                assertThat(width(carl)).as("once there is room again").isEqualTo(1_280);
                areOf(layered, taped.frames());
            }
        }
    }

    @Test
    void CAP_2_CAP_3_lossesAreRepairedUnderTheNumbersOfWhatIsSent() throws Exception {
        try (CallServer server = server()) {
            Room room = server.room("session");
            try (Participant anna = new Participant(annas, room, PeerOptions.of("anna", 1));
                    Participant carl = new Participant(carls, room, PeerOptions.of("carl", 3))) {
                carl.join();
                anna.join().publish(layered);
                Await.until("the first pictures", PATIENCE, () -> carl.frames() >= 5);
                room.view("carl", List.of(new Viewed("anna", Kind.CAMERA, 180))).get();
                network.freeze();
                annas.setUp(Conditions.PERFECT.withLoss(0.03).withReordering(0.05, Duration.ofMillis(30)));
                carls.setDown(Conditions.PERFECT.withLoss(0.03));
                network.advance(Duration.ofSeconds(5));
                int before = carl.frames();
                network.advance(Duration.ofSeconds(40));
                List<VideoFrame> small = since(carl.allFrames(), before);
                assertThat(small).hasSizeGreaterThan(1_180);
                areOf(lower, small);
                for (ReceivedStatistics stream : carl.peer.received()) {
                    assertThat(stream.missing()).as(stream.toString()).isLessThan(stream.packets() / 100 + 1);
                }
            }
        }
    }
}
