package org.everytake.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.Encoding;
import org.everytake.peer.clip.FlashClip;
import org.everytake.peer.media.FrameLog;
import org.everytake.peer.media.FrameStatistics;
import org.everytake.peer.media.Layer;
import org.everytake.peer.media.ReceivedStatistics;
import org.everytake.peer.media.SentStatistics;
import org.everytake.peer.media.Viewer;
import org.everytake.peer.net.Conditions;
import org.everytake.peer.net.VirtualNetwork;
import org.everytake.wire.rtp.AudioLevel;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.VideoOrientation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One peer sends straight to another: what they repair and report among themselves. */
@Timeout(90)
class PeerToPeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant EPOCH = Instant.parse("2026-11-01T12:00:00Z");
    private static final Path CLIPS = Path.of("target", "clips");
    private static final String AUDIO = "0";
    private static final String VIDEO = "1";
    private static final int ORIENTATION_ID = 13;
    private static final int AUDIO_LEVEL_ID = 1;
    private static final int RID_ID = 10;

    private static Clip clip;
    private static Clip smallClip;

    @BeforeAll
    static void makeClips() throws Exception {
        clip = new FlashClip("0x2060C0", 1000, 320, 180, 300, 2).in(CLIPS);
        smallClip = new FlashClip("0x2060C0", 1000, 160, 90, 100, 2).in(CLIPS);
    }

    /** What came, packet by packet. */
    private static final class Seen implements Viewer {
        final Set<Integer> orientations = ConcurrentHashMap.newKeySet();
        final Set<Integer> levels = ConcurrentHashMap.newKeySet();
        final Map<String, Long> ssrcsByRid = new ConcurrentHashMap<>();
        final Set<Integer> payloadTypes = ConcurrentHashMap.newKeySet();

        @Override
        public void packet(String mid, RtpPacket packet, long extendedSequence, long arrivalNanos) {
            payloadTypes.add(packet.payloadType());
            if (mid.equals(VIDEO)) {
                orientations.add(VideoOrientation.read(packet, ORIENTATION_ID));
                int rid = packet.extensionOffset(RID_ID);
                if (rid >= 0) {
                    ssrcsByRid.put(Character.toString(packet.buffer()[rid]), packet.ssrc());
                }
            } else {
                levels.add(AudioLevel.read(packet, AUDIO_LEVEL_ID));
            }
        }
    }

    /** Two peers, connected, on a network whose time stands still. */
    private static final class Pair implements AutoCloseable {
        final VirtualNetwork network;
        final Seen seen = new Seen();
        final Peer sender;
        final Peer viewer;

        Pair(Conditions conditions, MediaOptions ofSender, MediaOptions ofViewer) {
            network = new VirtualNetwork(42, conditions, EPOCH);
            sender = Peer.open(network, PeerOptions.of("anna", 1).withMedia(ofSender));
            viewer = Peer.open(network, PeerOptions.of("bert", 2).withMedia(ofViewer), seen);
        }

        Pair connect(List<Layer> layers, String addedToAnswer) throws Exception {
            sender.answered(viewer.answer(sender.offer(layers)) + addedToAnswer);
            sender.publishing().get(60, TimeUnit.SECONDS);
            viewer.viewing().get(60, TimeUnit.SECONDS);
            Await.until("media", PATIENCE, () -> !viewer.received().isEmpty());
            network.freeze();
            return this;
        }

        ReceivedStatistics received(String mid) {
            return viewer.received().stream()
                    .filter(stream -> stream.mid().equals(mid))
                    .findFirst()
                    .orElseThrow();
        }

        SentStatistics sent(long ssrc) {
            return sender.sent().stream()
                    .filter(stream -> stream.ssrc() == ssrc)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            sender.close();
            viewer.close();
        }
    }

    @Test
    void CAP_2_whatIsLostComesAgainInAStreamOfItsOwn() throws Exception {
        try (Pair pair = new Pair(
                        Conditions.of(0.05, Duration.ofMillis(30)), MediaOptions.DEFAULT, MediaOptions.DEFAULT)
                .connect(Layer.only(clip), "")) {
            pair.network.advance(Duration.ofSeconds(20));

            ReceivedStatistics video = pair.received(VIDEO);
            assertThat(video.retransmissions()).isGreaterThan(20);
            assertThat(video.missing()).isLessThan(20);
            assertThat(pair.sent(video.ssrc()).retransmitted())
                    .as("some of what was sent again was lost, too")
                    .isGreaterThanOrEqualTo(video.retransmissions());
            assertThat(video.frames().whole()).isGreaterThan(550);
            assertThat(video.frames().lost()).isLessThan(3);
            assertThat(video.frames().width()).isEqualTo(320);
            ReceivedStatistics audio = pair.received(AUDIO);
            assertThat(audio.repaired()).as("sent again as they were").isGreaterThan(20);
            assertThat(audio.retransmissions()).isZero();
            assertThat(audio.frames().whole()).isGreaterThan(950);
            assertThat(audio.frames().lost()).isLessThan(5);

            assertThat(pair.sender.feedback().feedbacks()).isGreaterThan(300);
            assertThat(pair.sender.feedback().lost())
                    .as("in 100 of what came, with 5 lost in 100 at random")
                    .isBetween(
                            pair.sender.feedback().received() * 3 / 100,
                            pair.sender.feedback().received() * 8 / 100);
            assertThat(pair.seen.levels).containsExactly(0x80 | 30);
        }
    }

    @Test
    void CAP_2_audioThatNobodySendsAgainIsInTheNextPacket() throws Exception {
        MediaOptions redundant = MediaOptions.DEFAULT.withAudioRepair(false).withRedundantAudio(true);
        try (Pair pair = new Pair(Conditions.of(0.05, Duration.ofMillis(30)), redundant, redundant)
                .connect(Layer.only(clip), "")) {
            pair.network.advance(Duration.ofSeconds(20));

            ReceivedStatistics audio = pair.received(AUDIO);
            FrameStatistics frames = audio.frames();
            assertThat(audio.nacks()).isZero();
            assertThat(audio.missing()).isGreaterThan(25);
            assertThat(frames.redundant() + frames.lost()).isBetween(audio.missing() - 5, audio.missing());
            assertThat(frames.lost()).as("two in a row").isLessThan(10);
            assertThat(pair.seen.payloadTypes).contains(63).doesNotContain(111);
        }
    }

    @Test
    void whoAgreesToNothingGetsPlainPackets() throws Exception {
        MediaOptions nothing = new MediaOptions(false, false, false, false, false);
        try (Pair pair = new Pair(
                        Conditions.of(0.02, Duration.ofMillis(10)),
                        MediaOptions.DEFAULT.withRedundantAudio(true),
                        nothing)
                .connect(Layer.only(clip), "")) {
            pair.network.advance(Duration.ofSeconds(10));

            assertThat(pair.received(VIDEO).retransmissions()).isZero();
            assertThat(pair.received(VIDEO).repaired()).isPositive();
            assertThat(pair.received(VIDEO).missing()).isLessThan(5);
            assertThat(pair.received(AUDIO).nacks()).isZero();
            assertThat(pair.sender.feedback().feedbacks()).isZero();
            assertThat(pair.seen.payloadTypes).containsExactlyInAnyOrder(96, 111);
            assertThat(pair.viewer.frames(VIDEO).size()).as("logged").isZero();
        }
    }

    @Test
    void CAP_2_aFreezeIsMeasuredAndAfterItTheNextWholeFrame() throws Exception {
        try (Pair pair = new Pair(Conditions.PERFECT, MediaOptions.DEFAULT, MediaOptions.DEFAULT)
                .connect(Layer.only(clip), "")) {
            pair.network.advance(Duration.ofSeconds(3));
            FrameLog frames = pair.viewer.frames(VIDEO);
            assertThat(pair.received(VIDEO).frames().longestGapNanos()).isLessThan(60_000_000);
            long stopped = pair.network.nanoTime();
            pair.sender.sendVideo(false);
            pair.network.advance(Duration.ofMillis(1500));
            assertThat(frames.firstFrom(stopped)).isEmpty();
            long resumed = pair.network.nanoTime();
            pair.sender.sendVideo(true);
            pair.network.advance(Duration.ofSeconds(3));

            assertThat(frames.firstFrom(stopped).orElseThrow())
                    .as("of a clip with a key frame each 1.03 s")
                    .isBetween(resumed, resumed + 1_100_000_000L);
            assertThat(frames.longestGapNanos(stopped, pair.network.nanoTime()))
                    .isEqualTo(frames.firstFrom(stopped).orElseThrow() - stopped);
            assertThat(pair.received(VIDEO).frames().longestGapNanos())
                    .isGreaterThanOrEqualTo(frames.longestGapNanos(stopped, pair.network.nanoTime()));
            assertThat(frames.size())
                    .isEqualTo((int) pair.received(VIDEO).frames().whole());
        }
    }

    @Test
    void CAP_3_aCameraCanBeTurnedInMidCall() throws Exception {
        try (Pair pair = new Pair(Conditions.PERFECT, MediaOptions.DEFAULT, MediaOptions.DEFAULT)
                .connect(Layer.only(clip), "")) {
            pair.network.advance(Duration.ofSeconds(1));
            assertThat(pair.seen.orientations).contains(0).doesNotContain(1);
            pair.sender.turn(new VideoOrientation(false, false, 90));
            pair.sender.audioLevel(AudioLevel.SILENCE);
            pair.network.advance(Duration.ofSeconds(1));
            assertThat(pair.seen.orientations).contains(1);
            assertThat(pair.seen.levels).contains(AudioLevel.SILENCE);
        }
    }

    static Stream<Arguments> codecs() {
        return Stream.of(
                Arguments.of(Encoding.VP9, Encoding.PCMU),
                Arguments.of(Encoding.H264, Encoding.PCMA),
                Arguments.of(Encoding.AV1, Encoding.OPUS));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void CAP_3_everyCodecIsSentAndSeen(Encoding video, Encoding audio) throws Exception {
        Clip coded = new FlashClip("0x2060C0", 1000, 320, 180, 300, 1)
                .coded(video, audio)
                .in(CLIPS);
        try (Pair pair = new Pair(
                        Conditions.of(0.02, Duration.ofMillis(10)), MediaOptions.DEFAULT, MediaOptions.DEFAULT)
                .connect(Layer.only(coded), "")) {
            pair.network.advance(Duration.ofSeconds(5));
            FrameStatistics pictures = pair.received(VIDEO).frames();
            assertThat(pictures.whole()).isGreaterThan(100);
            assertThat(pictures.width()).isEqualTo(320);
            assertThat(pictures.height()).isEqualTo(180);
            assertThat(pair.received(VIDEO).retransmissions()).isPositive();
            assertThat(pair.received(AUDIO).frames().whole()).isGreaterThan(200);
            assertThat(pair.seen.payloadTypes).hasSize(2);
        }
    }

    @Test
    void CAP_2_layersSayTheirNames() throws Exception {
        String takesLayers = "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n"
                + "a=rid:q recv\r\na=rid:h recv\r\na=rid:f recv\r\na=simulcast:recv q;h;f\r\n";
        try (Pair pair = new Pair(Conditions.PERFECT, MediaOptions.DEFAULT, MediaOptions.DEFAULT)
                .connect(Layer.simulcast(smallClip, smallClip, clip), takesLayers)) {
            pair.network.advance(Duration.ofSeconds(3));
            assertThat(pair.seen.ssrcsByRid).containsOnlyKeys("q", "h", "f");
            assertThat(pair.viewer.received()).hasSize(4);
            for (SentStatistics layer : pair.sender.sent()) {
                assertThat(pair.sender.log().sent(layer.ssrc())).hasSize((int) layer.packets());
                if (!layer.rid().isEmpty()) {
                    assertThat(pair.seen.ssrcsByRid).containsEntry(layer.rid(), layer.ssrc());
                }
            }
            pair.sender.sendLayer("f", false);
            pair.network.advance(Duration.ofMillis(100));
            long full = pair.seen.ssrcsByRid.getOrDefault("f", -1L);
            long quarter = pair.seen.ssrcsByRid.getOrDefault("q", -1L);
            long sentOfFull = pair.sent(full).packets();
            long sentOfQuarter = pair.sent(quarter).packets();
            pair.network.advance(Duration.ofSeconds(1));
            assertThat(pair.sent(full).packets()).isEqualTo(sentOfFull);
            assertThat(pair.sent(quarter).packets()).isGreaterThan(sentOfQuarter);
        }
    }

    @Test
    void whoKnowsNoLayersGetsTheLargest() throws Exception {
        try (Pair pair = new Pair(Conditions.PERFECT, MediaOptions.DEFAULT, MediaOptions.DEFAULT)
                .connect(Layer.simulcast(smallClip, smallClip, clip), "")) {
            pair.network.advance(Duration.ofSeconds(2));
            assertThat(pair.viewer.received()).hasSize(2);
            assertThat(pair.received(VIDEO).frames().width()).isEqualTo(320);
        }
    }
}
