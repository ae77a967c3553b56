package org.everytake.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.DatagramPort;
import org.everytake.call.Room;
import org.everytake.call.Sink;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.FlashClip;
import org.everytake.peer.media.ReceivedStatistics;
import org.everytake.peer.media.SenderClock;
import org.everytake.peer.net.Conditions;
import org.everytake.peer.net.SocketNetwork;
import org.everytake.peer.net.VirtualNetwork;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.video.VideoFrame;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two peers and the real server of a call: real ICE, DTLS and SRTP, real VP8 and Opus. */
@Timeout(90)
class PeersInACallTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant EPOCH = Instant.parse("2026-11-01T12:00:00Z");
    private static final Path CLIPS = Path.of("target", "clips");

    private static Clip annasClip;
    private static Clip bertsClip;

    @BeforeAll
    static void makeClips() throws Exception {
        annasClip = new FlashClip("0x2060C0", 1000, 320, 180, 300, 2).in(CLIPS);
        bertsClip = new FlashClip("0xC06020", 1500, 320, 180, 300, 2).in(CLIPS);
    }

    /** What a recorder would have. */
    private static final class CountingSink implements Sink {
        final Map<Long, Map<Long, Long>> timestamps = new ConcurrentHashMap<>();
        final Map<Long, SenderReport> reports = new ConcurrentHashMap<>();
        final AtomicLong packets = new AtomicLong();

        @Override
        public void packet(Track track, Stream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
            packets.incrementAndGet();
            timestamps
                    .computeIfAbsent(stream.ssrc(), s -> new ConcurrentHashMap<>())
                    .put((long) packet.sequenceNumber(), packet.timestamp());
        }

        @Override
        public void senderReport(Track track, Stream stream, SenderReport report, long arrivalNanos) {
            reports.put(stream.ssrc(), report);
        }
    }

    @Test
    void CAP_1_eachHearsAndSeesTheOtherOverRealSockets() throws Exception {
        SocketNetwork network = new SocketNetwork();
        var options = CallOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (CallServer server = CallServer.open(options)) {
            Room room = server.room("session");
            try (Participant anna = new Participant(network, room, PeerOptions.of("anna", 1));
                    Participant bert = new Participant(network, room, PeerOptions.of("bert", 2))) {
                anna.join().publish(annasClip);
                bert.join().publish(bertsClip);
                Await.until("frames and sound", PATIENCE, () -> enough(anna, 60, 100) && enough(bert, 60, 100));

                assertThat(anna.faults).isEmpty();
                isWhole(anna, bertsClip);
                isWhole(bert, annasClip);
                assertThat(anna.peer.received()).hasSize(2).allMatch(s -> s.missing() == 0 && s.packets() > 0);
                assertThat(anna.peer.received()).anyMatch(s -> s.senderReports() > 0);
            }
        }
    }

    @Test
    void CAP_2_withLossDelayAndReorderingEachStillSeesAndHearsTheOther() throws Exception {
        VirtualNetwork network = new VirtualNetwork(
                42, Conditions.of(0.05, Duration.ofMillis(30)).withReordering(0.05, Duration.ofMillis(40)), EPOCH);
        try (CallServer server = serverOn(network)) {
            Room room = server.room("session");
            CountingSink sink = new CountingSink();
            room.add(sink).join();
            try (Participant anna = new Participant(network, room, PeerOptions.of("anna", 1));
                    Participant bert = new Participant(network, room, PeerOptions.of("bert", 2))) {
                anna.join().publish(annasClip);
                bert.join().publish(bertsClip);
                Await.until("frames and sound", PATIENCE, () -> enough(anna, 20, 20) && enough(bert, 20, 20));
                network.freeze();
                network.advance(Duration.ofSeconds(20));

                assertThat(network.lost()).isGreaterThan(100);
                areFromTheirClip(anna, bertsClip);
                areFromTheirClip(bert, annasClip);
                assertThat(anna.frames()).as("frames of 20 s").isGreaterThan(400);
                assertThat(bert.opusPackets()).as("packets of 20 s").isGreaterThan(900);
                for (ReceivedStatistics stream : anna.peer.received()) {
                    boolean isVideo = stream.ssrc() == videoSsrc(anna);
                    assertThat(stream.repaired()).isPositive();
                    assertThat(stream.retransmissions() > 0)
                            .as("video comes again in a stream of its own: " + stream)
                            .isEqualTo(isVideo);
                    assertThat(stream.missing()).as(stream.toString()).isLessThan(stream.packets() / 50);
                }
                assertThat(anna.peer.feedback().feedbacks())
                        .as("transport-wide feedback of the server")
                        .isPositive();
                assertThat(server.counters().get(Counter.RTP_RETRANSMITTED)).isPositive();
                assertThat(missingOnTape(anna.peer, sink))
                        .isLessThan(anna.peer.log().size() / 50);
            }
        }
    }

    @Test
    void CAP_2_everythingSentArrivesOnALosslessNetworkInSteppedTime() throws Exception {
        VirtualNetwork network = new VirtualNetwork(
                1, Conditions.of(0, Duration.ofMillis(10)).withReordering(0.1, Duration.ofMillis(8)), EPOCH);
        try (CallServer server = serverOn(network)) {
            Room room = server.room("session");
            CountingSink sink = new CountingSink();
            room.add(sink).join();
            PeerOptions skewed = PeerOptions.of("anna", 1).withClock(Duration.ofSeconds(3), 100);
            try (Participant anna = new Participant(network, room, skewed);
                    Participant bert = new Participant(network, room, PeerOptions.of("bert", 2))) {
                bert.join();
                anna.join().publish(annasClip);
                Await.until("frames and sound", PATIENCE, () -> enough(bert, 5, 5));
                network.freeze();
                network.advance(Duration.ofSeconds(60));
                anna.peer.sendAudio(false);
                anna.peer.sendVideo(false);
                network.advance(Duration.ofSeconds(2));

                assertThat(missingOnTape(anna.peer, sink)).isZero();
                isWhole(bert, annasClip);
                assertThat(bert.frames()).isBetween(1750, 1900);
                assertThat(bert.opusPackets()).isBetween(2950, 3150);
                sayTheSameTime(anna.peer, sink, network);
            }
        }
    }

    @Test
    void aPeerThatVanishesIsNoticedAndOneThatClosesSaysGoodbye() throws Exception {
        VirtualNetwork network = new VirtualNetwork(1, Conditions.PERFECT, EPOCH);
        try (CallServer server = serverOn(network)) {
            Room room = server.room("session");
            Map<String, String> closed = new ConcurrentHashMap<>();
            room.add(new Sink() {
                        @Override
                        public void packet(Track track, Stream stream, RtpPacket packet, long extended, long nanos) {}

                        @Override
                        public void closed(Track track, String reason) {
                            closed.put(track.person() + track.mid(), reason);
                        }
                    })
                    .join();
            try (Participant anna = new Participant(network, room, PeerOptions.of("anna", 1));
                    Participant bert = new Participant(network, room, PeerOptions.of("bert", 2))) {
                anna.join().publish(annasClip);
                bert.join().publish(bertsClip);
                Await.until("frames and sound", PATIENCE, () -> enough(anna, 1, 1) && enough(bert, 1, 1));
                anna.peer.vanish();
                bert.close();
                Await.until("goodbye", PATIENCE, () -> closed.containsKey("bert0") && closed.containsKey("bert1"));
                network.freeze();
                network.advance(Duration.ofSeconds(40));
                Await.until("path lost", PATIENCE, () -> closed.containsKey("anna0") && closed.containsKey("anna1"));
                assertThat(closed).containsEntry("anna1", "path-lost");
            }
        }
    }

    private static CallServer serverOn(VirtualNetwork network) {
        DatagramPort port = network.open();
        var options = CallOptions.of(port.localAddress())
                .withAdvertised(List.of(port.localAddress().getAddress()), 0);
        return CallServer.open(options, port, network::nanoTime, network::wallTime);
    }

    private static long videoSsrc(Participant viewer) {
        return viewer.peer.received().stream()
                .filter(stream -> viewer.video.containsKey(stream.mid()))
                .mapToLong(ReceivedStatistics::ssrc)
                .findFirst()
                .orElseThrow();
    }

    private static boolean enough(Participant participant, int frames, int opusPackets) {
        return participant.frames() >= frames && participant.opusPackets() >= opusPackets;
    }

    /** Each frame and each packet is the one after the one before it in the clip, byte for byte. */
    private static void isWhole(Participant viewer, Clip clip) {
        List<VideoFrame> frames = viewer.allFrames();
        int at = indexOf(clip.video(), frames.getFirst().bytes(), 0);
        for (VideoFrame frame : frames) {
            assertThat(frame.bytes()).isEqualTo(clip.video().get(at).bytes());
            at = (at + 1) % clip.video().size();
        }
        assertThat(viewer.losses.stream().filter(loss -> loss.missingPackets() > 0))
                .isEmpty();
        assertThat(viewer.allOpus())
                .allSatisfy(opus -> assertThat(indexOf(clip.audio(), opus, 0)).isNotNegative());
    }

    private static void areFromTheirClip(Participant viewer, Clip clip) {
        for (VideoFrame frame : viewer.allFrames()) {
            assertThat(indexOf(clip.video(), frame.bytes(), 0)).isNotNegative();
        }
        for (byte[] opus : viewer.allOpus()) {
            assertThat(indexOf(clip.audio(), opus, 0)).isNotNegative();
        }
    }

    private static int indexOf(List<Clip.Unit> units, byte[] bytes, int from) {
        for (int i = from; i < units.size(); i++) {
            if (Arrays.equals(units.get(i).bytes(), bytes)) {
                return i;
            }
        }
        return -1;
    }

    private static long missingOnTape(Peer peer, CountingSink sink) {
        return peer.log().sent().stream()
                .filter(sent -> {
                    Map<Long, Long> taped = sink.timestamps.getOrDefault(sent.ssrc(), Map.of());
                    Long timestamp = taped.get(sent.sequence() & 0xFFFF);
                    return timestamp == null || timestamp != sent.rtpTimestamp();
                })
                .count();
    }

    /** Reports and packets lie on one line, which is the peer's own clock. */
    private static void sayTheSameTime(Peer peer, CountingSink sink, VirtualNetwork network) {
        SenderClock clock = peer.clock();
        assertThat(Duration.between(network.wallTime(), clock.at(network.nanoTime())))
                .isBetween(Duration.ofMillis(3005), Duration.ofMillis(3010));
        for (Map.Entry<Long, SenderReport> entry : sink.reports.entrySet()) {
            boolean isVideo = entry.getKey() % 2 == 1;
            double rate = isVideo ? 90_000 : 48_000;
            SenderReport report = entry.getValue();
            double reportSeconds = report.ntpTime() / 4294967296.0;
            var last = peer.log().sent(entry.getKey()).getLast();
            double sentSeconds = clock.ntp(last.sentNanos()) / 4294967296.0;
            double byTimestamp = (int) (last.rtpTimestamp() - report.rtpTimestamp()) / rate;
            assertThat(sentSeconds - reportSeconds - byTimestamp)
                    .as("how much after its time a packet is sent, in s")
                    .isBetween(-0.001, 0.025);
        }
    }
}
