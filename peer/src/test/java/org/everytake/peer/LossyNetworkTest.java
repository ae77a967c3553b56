package org.everytake.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.DatagramPort;
import org.everytake.call.Kind;
import org.everytake.call.Room;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.FlashClip;
import org.everytake.peer.media.FrameLog;
import org.everytake.peer.media.Layer;
import org.everytake.peer.media.ReceivedStatistics;
import org.everytake.peer.media.SenderLog;
import org.everytake.peer.net.Conditions;
import org.everytake.peer.net.VirtualHost;
import org.everytake.peer.net.VirtualNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What arrives on tape and at the others over networks that lose, delay and limit: handshakes in real time, media in stepped. */
@Timeout(180)
class LossyNetworkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant EPOCH = Instant.parse("2026-11-01T12:00:00Z");
    private static final Path CLIPS = Path.of("target", "clips");
    private static final long SECOND = 1_000_000_000L;
    private static final int FRAMES_PER_SECOND = 30;
    private static final int KEY_FRAME_PERIOD = 5;

    private static Clip small;
    private static List<Layer> layers;

    @BeforeAll
    static void makeClips() throws Exception {
        small = weighing(new FlashClip("0x2060C0", 1000, 320, 180, 300, 2).in(CLIPS), 400_000);
        layers = Layer.simulcast(
                weighing(new FlashClip("0x2060C0", 1000, 320, 180, 150, 2).in(CLIPS), 150_000),
                weighing(new FlashClip("0x2060C0", 1000, 640, 360, 150, 2).in(CLIPS), 500_000),
                weighing(new FlashClip("0x2060C0", 1000, 1_280, 720, 150, 2).in(CLIPS), 1_500_000));
    }

    /**
     * Its pictures are few bytes, since they hardly move; zeros behind them make them as heavy as those of a camera. A key
     * frame comes each sixth of a second, about as late as an encoder answers a request for one: a clip cannot.
     */
    private static Clip weighing(Clip clip, int bitsPerSecond) {
        List<Clip.Unit> video = new ArrayList<>();
        byte[] key = clip.video().getFirst().bytes();
        int least = bitsPerSecond / 8 / FRAMES_PER_SECOND;
        for (Clip.Unit unit : clip.video()) {
            boolean isKey = video.size() % KEY_FRAME_PERIOD == 0;
            byte[] bytes = isKey ? key : unit.bytes();
            video.add(new Clip.Unit(unit.ticks(), Arrays.copyOf(bytes, Math.max(bytes.length, least)), isKey));
        }
        return new Clip(video, clip.audio(), clip.durationNanos());
    }

    private final VirtualNetwork network = new VirtualNetwork(11, Conditions.of(0, Duration.ofMillis(20)), EPOCH);

    private CallServer server() {
        DatagramPort port = network.open();
        var options = CallOptions.of(port.localAddress())
                .withAdvertised(List.of(port.localAddress().getAddress()), 0);
        return CallServer.open(options, port, network::nanoTime, network::wallTime);
    }

    private static void set(VirtualHost host, Conditions both) {
        host.setUp(both);
        host.setDown(both);
    }

    private static PeerOptions options(String name, long seed) {
        return PeerOptions.of(name, seed).withMedia(MediaOptions.DEFAULT.withRedundantAudio(true));
    }

    private static boolean sees(Participant viewer) {
        return viewer.frames() >= 5;
    }

    @Test
    void CAP_2_fivePercentOfLossAndJitterAreRepaired() throws Exception {
        VirtualHost annas = network.host();
        VirtualHost berts = network.host();
        var video = new Taped(Kind.CAMERA);
        var audio = new Taped(Kind.MICROPHONE);
        try (CallServer server = server()) {
            Room room = server.room("session");
            room.add(video).join();
            room.add(audio).join();
            try (Participant anna = new Participant(annas, room, options("anna", 1));
                    Participant bert = new Participant(berts, room, options("bert", 2))) {
                bert.join();
                anna.join().publish(small);
                Await.until("the first pictures", PATIENCE, () -> sees(bert));
                network.freeze();
                long begin = network.nanoTime();
                Conditions bad = Conditions.PERFECT.withLoss(0.05).withJitter(Duration.ofMillis(30));
                set(annas, bad);
                set(berts, bad);
                network.advance(Duration.ofSeconds(120));
                long end = network.nanoTime();
                anna.peer.sendAudio(false);
                anna.peer.sendVideo(false);
                network.advance(Duration.ofSeconds(3));

                Set<Long> sentFrames = new TreeSet<>();
                Set<Long> sentAudio = new TreeSet<>();
                for (SenderLog.Sent sent : anna.peer.log().sent()) {
                    if (sent.sentNanos() >= begin && sent.sentNanos() < end) {
                        (isVideo(anna, sent.ssrc()) ? sentFrames : sentAudio).add(sent.rtpTimestamp());
                    }
                }
                assertThat(sentFrames).hasSizeGreaterThan(3_500);
                assertThat(sentAudio).hasSizeGreaterThan(5_900);
                Set<Long> lostFrames = new TreeSet<>(sentFrames);
                lostFrames.removeAll(video.wholeFrames());
                Set<Long> lostAudio = new TreeSet<>(sentAudio);
                lostAudio.removeAll(audio.audioFrames(PayloadTypes.RED));
                assertThat((double) lostFrames.size() / sentFrames.size())
                        .as("share of frames that are not whole on tape")
                        .isLessThanOrEqualTo(0.005);
                assertThat((double) lostAudio.size() / sentAudio.size())
                        .as("share of audio frames that are not on tape")
                        .isLessThanOrEqualTo(0.005);
                for (ReceivedStatistics stream : bert.peer.received()) {
                    assertThat(stream.missing())
                            .as("missing at the other: " + stream)
                            .isLessThan(stream.packets() / 50);
                }
            }
        }
    }

    private static boolean isVideo(Participant publisher, long ssrc) {
        return publisher.peer.sent().stream()
                .anyMatch(stream -> stream.ssrc() == ssrc && stream.octets() > 600 * stream.packets());
    }

    @Test
    void CAP_1_afterBurstsOfLossTheNextWholePictureIsThereWithinASecond() throws Exception {
        VirtualHost annas = network.host();
        VirtualHost berts = network.host();
        VirtualHost carls = network.host();
        try (CallServer server = server()) {
            Room room = server.room("session");
            try (Participant anna = new Participant(annas, room, options("anna", 1));
                    Participant bert = new Participant(berts, room, options("bert", 2));
                    Participant carl = new Participant(carls, room, options("carl", 3))) {
                bert.join();
                carl.join();
                anna.join().publish(small);
                Await.until("the first pictures", PATIENCE, () -> sees(bert) && sees(carl));
                network.freeze();
                for (int round = 0; round < 10; round++) {
                    set(annas, Conditions.PERFECT.withBursts(0.15, 5));
                    set(berts, Conditions.PERFECT.withBursts(0.15, 5));
                    network.advance(Duration.ofSeconds(2));
                    set(annas, Conditions.PERFECT);
                    set(berts, Conditions.PERFECT);
                    long over = network.nanoTime();
                    network.advance(Duration.ofSeconds(2));
                    for (Participant viewer : List.of(bert, carl)) {
                        assertThat(frames(viewer).firstFrom(over).orElse(Long.MAX_VALUE) - over)
                                .as("until the next whole picture, round " + round)
                                .isLessThanOrEqualTo(SECOND);
                    }
                }
            }
        }
    }

    private static FrameLog frames(Participant viewer) {
        String mid = viewer.tracks.stream()
                .filter(track -> track.kind() == Kind.CAMERA)
                .findFirst()
                .orElseThrow()
                .mid();
        return viewer.peer.frames(mid);
    }

    @Test
    void CAP_1_aPathThatBecomesNarrowGetsASmallerLayerAndTheOthersKeepTheirs() throws Exception {
        VirtualHost annas = network.host();
        VirtualHost berts = network.host();
        VirtualHost carls = network.host();
        var taped = new Taped(Kind.CAMERA);
        try (CallServer server = server()) {
            Room room = server.room("session");
            room.add(taped).join();
            try (Participant anna = new Participant(annas, room, options("anna", 1));
                    Participant bert = new Participant(berts, room, options("bert", 2));
                    Participant carl = new Participant(carls, room, options("carl", 3))) {
                bert.join();
                carl.join();
                anna.join().publish(layers);
                Await.until("the first pictures", PATIENCE, () -> sees(bert) && sees(carl));
                network.freeze();
                network.advance(Duration.ofSeconds(20));
                assertThat(width(bert)).isEqualTo(1_280);
                assertThat(width(carl)).isEqualTo(1_280);

                carls.setDown(Conditions.PERFECT.withRate(500_000, 64 * 1024));
                long narrow = network.nanoTime();
                network.advance(Duration.ofSeconds(20));
                assertThat(frames(carl).longestGapNanos(narrow, network.nanoTime()))
                        .as("longest freeze")
                        .isLessThanOrEqualTo(SECOND);
                assertThat(width(carl)).isLessThan(1_280);
                assertThat(width(bert)).isEqualTo(1_280);
                assertThat(frames(bert).longestGapNanos(narrow, network.nanoTime()))
                        .isLessThan(SECOND / 5);

                carls.setDown(Conditions.PERFECT);
                network.advance(Duration.ofSeconds(60));
                assertThat(width(carl)).as("once there is room again").isEqualTo(1_280);
                assertThat(taped.rids()).contains("f");
            }
        }
    }

    @Test
    void CAP_1_aPathThatLostTooMuchForPicturesGetsThemBackOnceItIsWell() throws Exception {
        VirtualHost berts = network.host();
        try (CallServer server = server()) {
            Room room = server.room("session");
            try (Participant anna = new Participant(network, room, options("anna", 1));
                    Participant bert = new Participant(berts, room, options("bert", 2))) {
                bert.join();
                anna.join().publish(layers);
                Await.until("the first pictures", PATIENCE, () -> sees(bert));
                network.freeze();
                berts.setDown(Conditions.PERFECT.withLoss(0.8));
                network.advance(Duration.ofSeconds(30));
                long over = network.nanoTime();

                berts.setDown(Conditions.PERFECT);
                network.advance(Duration.ofSeconds(60));
                assertThat(frames(bert).firstFrom(over).orElse(Long.MAX_VALUE) - over)
                        .as("until the first picture")
                        .isLessThanOrEqualTo(20 * SECOND);
                assertThat(width(bert)).as("once all has been tried").isEqualTo(1_280);
            }
        }
    }

    private static int width(Participant viewer) {
        return viewer.peer.received().stream()
                .mapToInt(stream -> stream.frames().width())
                .max()
                .orElseThrow();
    }
}
