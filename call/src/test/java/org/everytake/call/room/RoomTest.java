package org.everytake.call.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.Kind;
import org.everytake.call.OfferedTrack;
import org.everytake.call.PersonState;
import org.everytake.call.Refused;
import org.everytake.call.Room;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.Goodbye;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.ReceiverReport;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.SessionDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rooms over real sockets, real DTLS and real SRTP. */
@Timeout(120)
class RoomTest {
    private CallServer server = open(Duration.ofSeconds(30));
    private Room room = server.room("s");

    private static CallServer open(Duration pathTimeout) {
        try {
            return CallServer.open(CallOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .withPathTimeout(pathTimeout));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void nothingWentWrongInside() {
        server.close();
        assertThat(server.counters().get(Counter.INTERNAL_FAULTS)).isZero();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private <T extends RtcpPacket> T heard(TestPeer peer, Class<T> kind) throws InterruptedException {
        while (true) {
            RtcpPacket packet = peer.rtcp.poll(60, TimeUnit.SECONDS);
            assertThat(packet).as("no " + kind.getSimpleName()).isNotNull();
            if (kind.isInstance(packet)) {
                return kind.cast(packet);
            }
        }
    }

    private TestPeer publish(String person, long ssrc) throws Exception {
        var peer = new TestPeer();
        peer.connect(
                room.publish(person, TestOffers.offer(peer, ssrc), Map.of()).join());
        return peer;
    }

    @Test
    void CAP_2_everyPacketThatArrivesReachesTheSinkOnceAndLossIsAskedFor() throws Exception {
        var diary = new Diary();
        room.add(diary).join();
        room.join("anna", "Anna", new Ears()).join();
        try (TestPeer peer = publish("anna", 10)) {
            peer.sendRtp(96, 65_534, 11);
            peer.sendRtp(96, 65_535, 11);
            peer.sendRtp(96, 2, 11);
            assertThat(diary.next()).isEqualTo("joined anna Anna");
            assertThat(diary.next()).isEqualTo("opened anna CAMERA 11");
            assertThat(heard(peer, TransportLayerNack.class).lost()).containsExactly(0, 1);
            peer.sendRtp(96, 1, 11);
            peer.sendRtp(96, 0, 11);
            peer.sendRtp(96, 3, 11);
            await(() -> diary.packets.size() == 6);
            assertThat(diary.packets).containsExactly(131_070L, 131_071L, 131_074L, 131_073L, 131_072L, 131_075L);
            assertThat(heard(peer, ReceiverReport.class).reports()).isNotEmpty();
            peer.sendRtcp(new SenderReport(11, 42, 0, 0, 0, List.of()));
            assertThat(diary.next()).isEqualTo("report 42");
        }
        assertThat(diary.next()).isEqualTo("closed anna CAMERA ended");
    }

    @Test
    void oneIsHeardByTheOtherUntilTheyLeave() throws Exception {
        var bensEars = new Ears();
        room.join("anna", "Anna", new Ears()).join();
        room.join("ben", "Ben", bensEars).join();
        try (TestPeer anna = publish("anna", 10);
                var ben = new TestPeer()) {
            anna.sendRtp(111, 1, 10);
            anna.sendRtp(96, 1, 11);
            Ears.Offered offered = offer(bensEars);
            assertThat(offered.tracks()).extracting(OfferedTrack::person).containsOnly("anna");
            List<String> directions = List.of("recvonly", "recvonly");
            assertThat(offered.tracks()).hasSize(2);
            assertThat(offered.tracks().getFirst().kind()).isEqualTo(Kind.MICROPHONE);
            room.subscribed(
                            "ben",
                            offered.serial(),
                            TestOffers.sdp(ben, 1, "active", directions.get(0), directions.get(1), 90))
                    .join();
            ben.connect(offered.sdp());
            heard(anna, PictureLossIndication.class);
            for (int i = 2; i < 50; i++) {
                anna.sendRtp(111, i, 10);
                anna.sendRtp(96, i, 11);
            }
            await(() -> ben.rtp.size() >= 90 && video(ben).size() >= 45);
            RtpPacket some = video(ben).get(20);
            ben.sendRtcp(new TransportLayerNack(1, some.ssrc(), List.of(some.sequenceNumber())));
            await(() -> server.counters().get(Counter.RTP_RETRANSMITTED) == 1);
            // What is sent after the retransmission arrives after it too.
            anna.sendRtp(96, 77, 11);
            await(() -> video(ben).stream().anyMatch(packet -> number(packet) == 77));
            assertThat(video(ben).stream().filter(packet -> number(packet) == number(some)))
                    .as("a packet that was received already is a replay")
                    .hasSize(1);
            assertThat(server.counters().get(Counter.RTP_RETRANSMITTED)).isEqualTo(1);
            anna.rtcp.clear();
            ben.sendRtcp(new PictureLossIndication(1, some.ssrc()));
            assertThat(heard(anna, PictureLossIndication.class).mediaSsrc()).isEqualTo(11);

            room.leave("anna").join();
            assertThat(offer(bensEars).tracks()).isEmpty();
            await(() -> bensEars.news.contains("anna left"));
            assertThat(room.people().join()).extracting(PersonState::person).containsExactly("ben");
        }
    }

    /** The video that arrived. */
    private static List<RtpPacket> video(TestPeer peer) {
        return peer.rtp.stream()
                .map(RoomTest::packet)
                .filter(packet -> packet.payloadType() == 96)
                .toList();
    }

    private static RtpPacket packet(byte[] bytes) {
        try {
            return new RtpPacket().wrap(bytes, 0, bytes.length);
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number that the sender gave it, which is in the payload. */
    private static int number(RtpPacket packet) {
        int at = packet.payloadOffset() + packet.payloadLength();
        return (packet.buffer()[at - 2] & 0xff) << 8 | packet.buffer()[at - 1] & 0xff;
    }

    private static Ears.Offered offer(Ears ears) throws InterruptedException {
        Ears.Offered offered = ears.offers.poll(60, TimeUnit.SECONDS);
        assertThat(offered).isNotNull();
        return offered;
    }

    /** Takes everything that is offered. */
    private static String answer(TestPeer peer, String offerSdp) throws Malformed {
        SessionDescription offer = SessionDescription.parse(offerSdp);
        var answer = new StringBuilder("v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n");
        for (MediaDescription media : offer.media()) {
            boolean video = media.kind().equals("video");
            int payloadType = video ? 96 : 111;
            answer.append(TestOffers.SECTION.formatted(
                    media.kind(),
                    payloadType,
                    peer.ufrag,
                    peer.fingerprint().value(),
                    "active",
                    media.mid(),
                    media.direction().reversed().key(),
                    video ? "96 VP8/90000" : "111 opus/48000/2",
                    payloadType,
                    payloadType,
                    9));
        }
        return answer.toString();
    }

    @Test
    void aSectionThatFellSilentIsUsedAgainAfterItsAnswer() throws Exception {
        var bensEars = new Ears();
        room.join("anna", "Anna", new Ears()).join();
        room.join("carl", "Carl", new Ears()).join();
        room.join("ben", "Ben", bensEars).join();
        try (TestPeer anna = publish("anna", 10);
                TestPeer carl = publish("carl", 20);
                var ben = new TestPeer()) {
            anna.sendRtp(111, 1, 10);
            Ears.Offered first = offer(bensEars);
            assertThat(first.tracks()).containsExactly(new OfferedTrack("0", "anna", Kind.MICROPHONE));
            refused(
                    "unknown-serial",
                    () -> room.subscribed("ben", first.serial() + 1, first.sdp())
                            .join());
            room.subscribed("ben", first.serial(), answer(ben, first.sdp())).join();
            ben.connect(first.sdp());
            room.leave("anna").join();
            Ears.Offered second = offer(bensEars);
            assertThat(second.tracks()).isEmpty();
            carl.sendRtp(96, 1, 21);
            await(() -> bensEars.news.stream().anyMatch(news -> news.startsWith("carl [CAMERA]")));
            assertThat(bensEars.offers).as("one offer at a time").isEmpty();
            room.subscribed("ben", second.serial(), answer(ben, second.sdp())).join();
            Ears.Offered third = offer(bensEars);
            assertThat(third.tracks()).containsExactly(new OfferedTrack("1", "carl", Kind.CAMERA));
            room.subscribed("ben", third.serial(), answer(ben, third.sdp())).join();
            carl.sendRtp(111, 1, 20);
            Ears.Offered fourth = offer(bensEars);
            assertThat(fourth.tracks())
                    .containsExactly(
                            new OfferedTrack("0", "carl", Kind.MICROPHONE), new OfferedTrack("1", "carl", Kind.CAMERA));
            room.subscribed("ben", fourth.serial(), answer(ben, fourth.sdp())).join();
            ben.rtp.clear();
            carl.sendRtp(111, 2, 20);
            byte[] packet = ben.rtp.poll(60, TimeUnit.SECONDS);
            assertThat(packet).isNotNull();
            assertThat(new RtpPacket().wrap(packet, 0, packet.length).payloadType())
                    .isEqualTo(111);

            room.join("ben", "Ben", bensEars).join();
            Ears.Offered afresh = offer(bensEars);
            assertThat(afresh.serial()).isEqualTo(fourth.serial() + 1);
            assertThat(SessionDescription.parse(afresh.sdp()).origin().sessionId())
                    .as("a new connection")
                    .isNotEqualTo(
                            SessionDescription.parse(fourth.sdp()).origin().sessionId());
        }
    }

    @Test
    void aSinkThatComesLaterHearsOfThePresent() throws Exception {
        room.join("anna", "Anna", new Ears()).join();
        room.mute("anna", Kind.MICROPHONE, true).join();
        try (TestPeer peer = publish("anna", 10)) {
            peer.sendRtp(111, 1, 10);
            peer.sendRtcp(new SenderReport(10, 7, 0, 0, 0, List.of()));
            var first = new Diary();
            room.add(first).join();
            await(() -> server.counters().get(Counter.RTP_RECEIVED) == 1);
            await(() -> first.events.contains("report 7"));
            var diary = new Diary();
            room.add(diary).join();
            assertThat(diary.events)
                    .containsExactly(
                            "joined anna Anna", "muted anna MICROPHONE true", "opened anna MICROPHONE 10", "report 7");
            room.remove(diary).join();
            room.mute("anna", Kind.MICROPHONE, false).join();
            assertThat(diary.events).hasSize(4);
        }
    }

    @Test
    void aNewConnectionReplacesTheOldOneAndAStoppedSourceIsClosed() throws Exception {
        var diary = new Diary();
        room.add(diary).join();
        room.join("anna", "Anna", new Ears()).join();
        diary.next();
        try (TestPeer first = publish("anna", 10)) {
            first.sendRtp(111, 1, 10);
            assertThat(diary.next()).isEqualTo("opened anna MICROPHONE 10");
            room.join("anna", "Anna again", new Ears()).join();
            assertThat(diary.next()).isEqualTo("joined anna Anna again");
            first.sendRtp(111, 2, 10);
            await(() -> diary.packets.size() == 2);
            try (TestPeer second = publish("anna", 20)) {
                assertThat(diary.next()).isEqualTo("closed anna MICROPHONE replaced");
                second.sendRtp(111, 1, 20);
                assertThat(diary.next()).isEqualTo("opened anna MICROPHONE 20");
                room.publish("anna", TestOffers.sdp(second, 2, "actpass", "inactive", "sendonly", 20), Map.of())
                        .join();
                assertThat(diary.next()).isEqualTo("closed anna MICROPHONE stopped");
                second.sendRtp(111, 2, 20);
                second.sendRtp(96, 1, 21);
                assertThat(diary.next()).isEqualTo("opened anna CAMERA 21");
                second.sendRtcp(new Goodbye(List.of(21L), ""));
                assertThat(diary.next()).isEqualTo("closed anna CAMERA ended");
            }
        }
    }

    @Test
    void whoFallsSilentIsClosedAndTheRoomGoesOn() throws Exception {
        server.close();
        server = open(Duration.ofSeconds(4));
        room = server.room("s");
        var diary = new Diary();
        room.add(diary).join();
        var ears = new Ears();
        room.join("anna", "Anna", ears).join();
        diary.next();
        TestPeer peer = publish("anna", 10);
        peer.sendRtp(111, 1, 10);
        assertThat(diary.next()).isEqualTo("opened anna MICROPHONE 10");
        peer.vanish();
        assertThat(diary.next()).isEqualTo("closed anna MICROPHONE path-lost");
        await(() -> ears.news.contains("PUBLISH lost"));
        assertThat(room.people().join().getFirst().sends()).isEmpty();
    }

    @Test
    void rubbishIsCountedAndDisturbsNobody() throws Exception {
        var diary = new Diary();
        room.add(diary).join();
        room.join("anna", "Anna", new Ears()).join();
        try (TestPeer peer = publish("anna", 10)) {
            var random = new Random(5);
            for (int i = 0; i < 500; i++) {
                byte[] rubbish = new byte[random.nextInt(1, 300)];
                random.nextBytes(rubbish);
                rubbish[0] = (byte) new int[] {0, 22, 128, 144, 200}[i % 5];
                peer.send(rubbish, rubbish.length);
            }
            peer.sendRtp(111, 1, 4_711);
            peer.sendRtp(99, 1, 10);
            peer.sendRtp(111, 2, 10);
            await(() -> diary.packets.size() == 1);
            assertThat(server.counters().get(Counter.RTP_UNKNOWN_SOURCE)).isEqualTo(1);
            assertThat(server.counters().get(Counter.RTP_UNKNOWN_PAYLOAD_TYPE)).isEqualTo(1);
            assertThat(server.counters().get(Counter.SRTP_UNAUTHENTIC)).isPositive();
            assertThat(server.counters().get(Counter.STUN_MALFORMED)).isPositive();
            assertThat(server.counters().snapshot()).containsKey("unknown_first_byte");
        }
    }

    @Test
    void aSinkThatFailsDisturbsNobody() throws Exception {
        room.add((track, stream, packet, sequence, nanos) -> {
                    throw new IllegalStateException("a bug of the recorder's");
                })
                .join();
        var diary = new Diary();
        room.add(diary).join();
        room.join("anna", "Anna", new Ears()).join();
        try (TestPeer peer = publish("anna", 10)) {
            peer.sendRtp(111, 1, 10);
            peer.sendRtp(111, 2, 10);
            await(() -> diary.packets.size() == 2);
            assertThat(server.counters().get(Counter.SINK_FAULTS)).isEqualTo(2);
        }
    }

    @Test
    void requestsThatCannotBeGrantedAreRefusedByName() throws Exception {
        room.join("anna", "Anna", new Ears()).join();
        refused("not-joined", () -> room.publish("ben", "", Map.of()).join());
        refused("malformed-sdp", () -> room.publish("anna", "rubbish", Map.of()).join());
        refused("unknown-serial", () -> room.subscribed("anna", 1, "").join());
        room.close().join();
        refused("room-closed", () -> room.join("anna", "Anna", new Ears()).join());
        assertThat(server.room("s").people().join()).isEmpty();
        server.close();
        refused("room-closed", () -> room.people().join());
    }

    private static void refused(String id, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.id()).isEqualTo(id));
    }
}
