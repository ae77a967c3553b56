package org.everytake.call.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.CallPorts;
import org.everytake.call.CallServer;
import org.everytake.call.Room;
import org.everytake.call.net.SocketPort;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.stun.StunAttribute;
import org.everytake.wire.stun.StunMessage;
import org.everytake.wire.stun.TransactionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that flood: what they send is dropped and counted, and the media of others flows. */
@Timeout(180)
class FloodTest {
    private static final int ROUNDS = 100;
    private static final int PER_ROUND = 40;

    private CallServer server;
    private final Diary diary = new Diary();
    private final Random random = new Random(7);

    @BeforeEach
    void open() throws Exception {
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = CallServer.open(CallOptions.of(CallPorts.of(here).withLoops(1)));
    }

    @AfterEach
    void close() {
        server.close();
        assertThat(server.counters().get(Counter.INTERNAL_FAULTS)).isZero();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(200_000);
        }
    }

    /** In turn: rubbish of each kind, and checks for somebody whose name is known and whose password is not. */
    private byte[] attack(int number, String ufrag) {
        byte[] bytes = new byte[20 + random.nextInt(1_000)];
        random.nextBytes(bytes);
        switch (number % 5) {
            case 0 -> bytes[0] = 1; // STUN
            case 1 -> bytes[0] = 22; // DTLS
            case 2 -> bytes[0] = (byte) 0x80; // RTP
            case 3 -> bytes[0] = (byte) 200; // none
            default -> {
                byte[] wrong = ("wrong" + number).getBytes(StandardCharsets.UTF_8);
                return StunMessage.bindingRequest(
                                TransactionId.of(number, number), new StunAttribute.Username(ufrag + ":x"))
                        .encode(wrong);
            }
        }
        return bytes;
    }

    @Test
    void CAP_2_aFloodOfRubbishAndForgedChecksDisturbsNobody() throws Exception {
        Room room = server.room("s");
        room.add(diary).join();
        room.join("anna", "Anna", new Ears()).join();
        try (var anna = new TestPeer();
                var attacker = new DatagramSocket();
                var byTcp = new Socket(
                        server.localAddress().getAddress(),
                        server.localAddress().getPort())) {
            String answer =
                    room.publish("anna", TestOffers.offer(anna, 10), Map.of()).join();
            anna.connect(answer);
            SessionDescription sdp = SessionDescription.parse(answer);
            String ufrag = Objects.requireNonNull(sdp.iceUfrag(sdp.media().getFirst()));
            for (int round = 1; round <= ROUNDS; round++) {
                long before = server.counters().get(Counter.DATAGRAMS_RECEIVED);
                for (int i = 0; i < PER_ROUND; i++) {
                    byte[] bytes = attack(round * PER_ROUND + i, ufrag);
                    attacker.send(new DatagramPacket(bytes, bytes.length, server.localAddress()));
                }
                anna.sendRtp(111, round, 10);
                // The kernel's buffer is not what is tried here.
                await(() -> server.counters().get(Counter.DATAGRAMS_RECEIVED) >= before + PER_ROUND);
            }
            byte[] rubbish = new byte[100_000];
            random.nextBytes(rubbish);
            rubbish[0] = 0x7F;
            byTcp.getOutputStream().write(rubbish);
            await(() -> server.counters().get(Counter.TCP_MALFORMED) == 1);
            await(() -> diary.packets.size() == ROUNDS);
        }
        assertThat(server.counters().snapshot())
                .containsKeys(
                        "unknown_first_byte",
                        "unknown_address",
                        "stun_malformed",
                        "stun_bad_integrity",
                        "stun_too_many");
        assertThat(server.counters().get(Counter.DTLS_COMPLETED)).isEqualTo(1);
        assertThat(server.counters().get(Counter.DTLS_FAILED))
                .as("whose path is not proved costs no handshake")
                .isZero();
    }

    @Test
    void CAP_2_whoSendsTenThousandSourcesGetsASmallNumberOfThem() throws Exception {
        Room bad = server.room("bad");
        Room good = server.room("good");
        good.add(diary).join();
        bad.join("eve", "Eve", new Ears()).join();
        good.join("anna", "Anna", new Ears()).join();
        var tracks = new Diary();
        bad.add(tracks).join();
        try (var eve = new TestPeer();
                var anna = new TestPeer()) {
            // Without SSRCs in the offer any of the section's payload type would be taken.
            String offer = TestOffers.offer(eve, 10).replaceAll("a=ssrc:.*\n", "");
            eve.connect(bad.publish("eve", offer, Map.of()).join());
            anna.connect(
                    good.publish("anna", TestOffers.offer(anna, 20), Map.of()).join());
            for (int round = 1; round <= ROUNDS; round++) {
                long before = server.counters().get(Counter.DATAGRAMS_RECEIVED);
                for (int i = 0; i < ROUNDS; i++) {
                    eve.sendRtpOnce(111, 1_000L + round * ROUNDS + i);
                }
                anna.sendRtp(111, round, 20);
                await(() -> server.counters().get(Counter.DATAGRAMS_RECEIVED) >= before + ROUNDS);
            }
            await(() -> diary.packets.size() == ROUNDS);
        }
        assertThat(tracks.packets).hasSizeLessThanOrEqualTo(64);
        assertThat(server.counters().get(Counter.RTP_UNKNOWN_SOURCE)).isGreaterThan(9_000);
    }

    @Test
    void CAP_2_handshakesThatAreNotFinishedAreBoundedAndThoseWhoWaitComeIn() throws Exception {
        List<TestPeer> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                var peer = new TestPeer();
                idle.add(peer);
                provenOnly(peer, "idle" + i, server.room("crowd" + i / 32));
            }
            Room room = server.room("s");
            room.add(diary).join();
            room.join("anna", "Anna", new Ears()).join();
            var anna = new TestPeer();
            idle.add(anna);
            String answer =
                    room.publish("anna", TestOffers.offer(anna, 10), Map.of()).join();
            anna.reach(answer);
            anna.check(true);
            await(() -> server.counters().get(Counter.DTLS_TOO_MANY) > 0);
            server.room("crowd0").leave("idle0").join();
            anna.connect(answer);
            anna.sendRtp(111, 1, 10);
            await(() -> diary.packets.size() == 1);
        } finally {
            for (TestPeer peer : idle) {
                peer.close();
            }
        }
    }

    @Test
    void CAP_2_aPeerThatPassesIceAndNeverShakesHandsIsGivenUp() throws Exception {
        var nanos = new AtomicLong();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        SocketPort port = SocketPort.bind(here, 1 << 20, nanos::get);
        try (CallServer patient = CallServer.open(CallOptions.of(here), port, nanos::get, InstantSource.system());
                var peer = new TestPeer()) {
            provenOnly(peer, "idle", patient.room("s"));
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
            long before = patient.counters().get(Counter.DATAGRAMS_SENT);
            peer.check(true);
            await(() -> patient.counters().get(Counter.DATAGRAMS_SENT) > before);
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
            await(() -> patient.counters().get(Counter.DTLS_FAILED) == 1);
        }
    }

    /** Joins and passes ICE, and then says nothing. */
    private void provenOnly(TestPeer peer, String person, Room room) throws Exception {
        room.join(person, person, new Ears()).join();
        peer.reach(room.publish(person, TestOffers.offer(peer, 10), Map.of()).join());
        peer.check(true);
        peer.checked();
    }
}
