package org.everytake.call.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.Refused;
import org.everytake.call.Room;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.sdp.SessionDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watching a room without being in it, over real sockets, DTLS and SRTP. */
@Timeout(120)
class WatchTest {
    private static final int THEIR_OPUS = 109;
    private static final int THEIR_VP8 = 120;
    private static final int THEIR_PCMU = 107;
    private static final int PCMU = 0;
    private static final int THEIR_MID = 7;

    private CallServer server;
    private Room room;

    @BeforeEach
    void open() throws Exception {
        open(Duration.ofSeconds(30));
    }

    private void open(Duration pathTimeout) throws Exception {
        server = CallServer.open(CallOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withPathTimeout(pathTimeout));
        room = server.room("s");
    }

    @AfterEach
    void nothingWentWrongInside() {
        server.close();
        assertThat(server.counters().get(Counter.INTERNAL_FAULTS)).isZero();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private TestPeer publish(String person, long ssrc) throws Exception {
        var peer = new TestPeer();
        publish(person, peer, TestOffers.offer(peer, ssrc));
        return peer;
    }

    /** As a gateway to telephones does. */
    private TestPeer publishFromTelephone(String person, long ssrc) throws Exception {
        var peer = new TestPeer();
        String offer = TestOffers.offer(peer, ssrc)
                .replace("111 opus/48000/2", PCMU + " PCMU/8000")
                .replaceAll("(SAVPF |rtcp-fb:)111", "$1" + PCMU);
        publish(person, peer, offer);
        return peer;
    }

    private void publish(String person, TestPeer peer, String offer) throws Exception {
        room.join(person, person, new Ears()).join();
        peer.connect(room.publish(person, offer, Map.of()).join());
    }

    /** With payload types and an id of the MID of their own. */
    private static String offer(TestPeer viewer) {
        return TestOffers.sdp(viewer, 1, "actpass", "recvonly", "recvonly", 90)
                .replaceAll("(?m)^a=ssrc:.*\n", "")
                .replaceAll("(SAVPF |rtpmap:|rtcp-fb:)111", "$1" + THEIR_OPUS)
                .replaceAll("(SAVPF |rtpmap:|rtcp-fb:)96", "$1" + THEIR_VP8)
                .replace(
                        "a=rtcp-mux\n", "a=rtcp-mux\na=extmap:" + THEIR_MID + " urn:ietf:params:rtp-hdrext:sdes:mid\n");
    }

    /** Sends sound and key frames, numbered on from there, until something has come true. */
    private static int send(TestPeer peer, long ssrc, int from, BooleanSupplier until) {
        return send(peer, 111, ssrc, from, until);
    }

    private static int send(TestPeer peer, int sound, long ssrc, int from, BooleanSupplier until) {
        int[] next = {from};
        await(() -> {
            try {
                peer.sendRtp(sound, next[0], ssrc);
                peer.sendRtp(96, next[0]++, ssrc + 1);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            return until.getAsBoolean();
        });
        return next[0];
    }

    private static List<RtpPacket> received(TestPeer peer, int payloadType) {
        List<RtpPacket> packets = new ArrayList<>();
        for (byte[] bytes : peer.rtp) {
            try {
                packets.add(new RtpPacket().wrap(bytes, 0, bytes.length));
            } catch (Malformed e) {
                throw new IllegalStateException(e);
            }
        }
        packets.removeIf(packet -> packet.payloadType() != payloadType);
        return packets;
    }

    @Test
    void CAP_13_whoWatchesSeesAndHearsThePersonTheyNamed() throws Exception {
        try (TestPeer anna = publish("anna", 10);
                TestPeer ben = publish("ben", 20);
                var viewer = new TestPeer()) {
            int annas = send(
                    anna, 10, 1, () -> room.people().join().getFirst().sends().size() == 2);
            send(ben, 20, 1, () -> room.people().join().getLast().sends().size() == 2);
            String answer = room.watch("v", offer(viewer), Optional.of("anna")).join();
            SessionDescription sdp = SessionDescription.parse(answer);
            assertThat(sdp.media())
                    .allSatisfy(media -> assertThat(media.has("sendonly")).isTrue());
            assertThat(sdp.media())
                    .extracting(media -> media.formats().getFirst())
                    .containsExactly("109", "120");
            viewer.connect(answer);
            assertThat(room.viewers().join()).containsExactly("v");
            assertThat(room.people().join()).hasSize(2);

            send(
                    anna,
                    10,
                    annas,
                    () -> received(viewer, THEIR_VP8).size() > 10
                            && received(viewer, THEIR_OPUS).size() > 10);

            RtpPacket picture = received(viewer, THEIR_VP8).getFirst();
            assertThat(picture.ssrc()).isEqualTo(sdp.media().getLast().ssrcs().getFirst());
            assertThat(picture.extensionLength(THEIR_MID)).isEqualTo(1);
            assertThat(picture.buffer()[picture.extensionOffset(THEIR_MID)]).isEqualTo((byte) '1');
            assertThat(List.copyOf(viewer.rtp))
                    .allSatisfy(packet -> assertThat(packet[1] & 0x7F).isIn(THEIR_VP8, THEIR_OPUS));
            anna.rtcp.clear();
            viewer.sendRtcp(new PictureLossIndication(1, picture.ssrc()));
            assertThat(heard(anna).mediaSsrc()).isEqualTo(11);

            room.unwatch("v").join();
            assertThat(room.viewers().join()).isEmpty();
        }
    }

    private static PictureLossIndication heard(TestPeer peer) throws InterruptedException {
        while (true) {
            RtcpPacket packet = peer.rtcp.poll(60, TimeUnit.SECONDS);
            assertThat(packet).isNotNull();
            if (packet instanceof PictureLossIndication pli) {
                return pli;
            }
        }
    }

    /** Numbers and time go on without a break, as a player needs it. */
    @Test
    void CAP_13_whoNamesNobodyIsLedFromOnePersonToTheNext() throws Exception {
        try (TestPeer anna = publish("anna", 10);
                TestPeer ben = publish("ben", 20);
                var viewer = new TestPeer()) {
            viewer.connect(room.watch("v", offer(viewer), Optional.empty()).join());
            send(anna, 10, 1, () -> received(viewer, THEIR_VP8).size() > 10);
            int bens = send(
                    ben, 20, 1, () -> room.people().join().getLast().sends().size() == 2);
            int before = received(viewer, THEIR_VP8).size();

            room.leave("anna").join();
            send(ben, 20, bens + 20, () -> received(viewer, THEIR_VP8).size() > before + 10);

            List<RtpPacket> pictures = received(viewer, THEIR_VP8);
            assertThat(pictures)
                    .extracting(RtpPacket::ssrc)
                    .containsOnly(pictures.getFirst().ssrc());
            assertGoesOn(pictures);
            assertThat(received(viewer, THEIR_OPUS)).hasSizeGreaterThan(10);
        }
    }

    private static void assertGoesOn(List<RtpPacket> packets) {
        for (int i = 1; i < packets.size(); i++) {
            int step = packets.get(i).sequenceNumber() - packets.get(i - 1).sequenceNumber() & 0xFFFF;
            assertThat(step).as("after number " + i).isBetween(1, 100);
            assertThat((int) (packets.get(i).timestamp() - packets.get(i - 1).timestamp()))
                    .isPositive();
        }
    }

    /** Within one stream, from a clock of 48 kHz to one of 8 kHz (RFC 7160). */
    @Test
    void CAP_13_whoTakesTheSoundOfTelephonesHearsThemAfterOpus() throws Exception {
        try (TestPeer anna = publish("anna", 10);
                TestPeer ben = publishFromTelephone("ben", 20);
                var viewer = new TestPeer();
                var deaf = new TestPeer()) {
            String offer = offer(viewer)
                    .replace("SAVPF " + THEIR_OPUS, "SAVPF " + THEIR_OPUS + " " + THEIR_PCMU)
                    .replace("a=rtpmap:" + THEIR_OPUS, "a=rtpmap:" + THEIR_PCMU + " PCMU/8000\na=rtpmap:" + THEIR_OPUS);
            viewer.connect(room.watch("v", offer, Optional.empty()).join());
            deaf.connect(room.watch("d", offer(deaf), Optional.of("ben")).join());
            send(anna, 10, 1, () -> received(viewer, THEIR_OPUS).size() > 10);
            int bens = send(
                    ben,
                    PCMU,
                    20,
                    1,
                    () -> room.people().join().getLast().sends().size() == 2);

            room.leave("anna").join();
            send(
                    ben,
                    PCMU,
                    20,
                    bens + 20, // for a packet from before may still be forwarded, and the next goes on from it
                    () -> received(viewer, THEIR_PCMU).size() > 10
                            && received(deaf, THEIR_VP8).size() > 10);

            List<RtpPacket> sound = received(viewer, THEIR_OPUS);
            sound.addAll(received(viewer, THEIR_PCMU));
            assertThat(sound)
                    .extracting(RtpPacket::ssrc)
                    .containsOnly(sound.getFirst().ssrc());
            assertGoesOn(sound);
            assertThat(List.copyOf(deaf.rtp))
                    .as("who takes Opus alone sees them, and hears nothing")
                    .allSatisfy(packet -> assertThat(packet[1] & 0x7F).isEqualTo(THEIR_VP8));
        }
    }

    @Test
    void CAP_13_anotherOfferTakesTheViewersPlaceAndTheSameRestartsIce() throws Exception {
        try (var viewer = new TestPeer();
                var other = new TestPeer()) {
            SessionDescription first = SessionDescription.parse(
                    room.watch("v", offer(viewer), Optional.empty()).join());
            String restarted = offer(viewer).replace(viewer.ufrag, "anotherUfrag");
            SessionDescription second = SessionDescription.parse(
                    room.watch("v", restarted, Optional.empty()).join());
            assertThat(second.media().getLast().ssrcs())
                    .isEqualTo(first.media().getLast().ssrcs());
            assertThat(second.iceUfrag(second.media().getFirst()))
                    .isNotEqualTo(first.iceUfrag(first.media().getFirst()));

            SessionDescription third = SessionDescription.parse(
                    room.watch("v", offer(other), Optional.empty()).join());
            assertThat(third.media().getLast().ssrcs())
                    .isNotEqualTo(first.media().getLast().ssrcs());
            assertThat(room.viewers().join()).containsExactly("v");
        }
    }

    @Test
    void CAP_13_whosePathIsLostWatchesNoMore() throws Exception {
        server.close();
        open(Duration.ofSeconds(1));
        try (var viewer = new TestPeer()) {
            room.watch("v", offer(viewer), Optional.empty()).join();
            await(() -> room.viewers().join().isEmpty());
        }
    }

    @Test
    void CAP_13_noMoreThanAHundredWatch() throws Exception {
        try (var viewer = new TestPeer()) {
            for (int i = 0; i < 100; i++) {
                room.watch("v" + i, offer(viewer), Optional.empty()).join();
            }
            assertThatThrownBy(() ->
                            room.watch("v100", offer(viewer), Optional.empty()).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.id()).isEqualTo("room-full"));
            room.unwatch("v7").join();
            room.watch("v100", offer(viewer), Optional.empty()).join();
            room.close().join();
            assertThatThrownBy(() ->
                            room.watch("v", offer(viewer), Optional.empty()).join())
                    .hasMessageContaining("ended");
        }
    }
}
