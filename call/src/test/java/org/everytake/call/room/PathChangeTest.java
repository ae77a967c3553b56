package org.everytake.call.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.Room;
import org.everytake.wire.rtcp.ReceiverReport;
import org.everytake.wire.rtcp.RtcpPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody's address changes in the middle of a call: it goes on, in the same take. */
@Timeout(120)
class PathChangeTest {
    private CallServer server;
    private Room room;
    private final Diary diary = new Diary();
    private TestPeer peer;

    @BeforeEach
    void publish() throws Exception {
        server = CallServer.open(CallOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        room = server.room("s");
        room.add(diary).join();
        room.join("anna", "Anna", new Ears()).join();
        peer = new TestPeer();
        peer.connect(room.publish("anna", TestOffers.offer(peer, 10), Map.of()).join());
        peer.sendRtp(111, 1, 10);
        await(1);
        assertThat(diary.next()).isEqualTo("joined anna Anna");
        assertThat(diary.next()).isEqualTo("opened anna MICROPHONE 10");
    }

    @AfterEach
    void nothingWasClosed() throws Exception {
        assertThat(diary.events).as("the take goes on").isEmpty();
        peer.close();
        server.close();
        assertThat(server.counters().get(Counter.INTERNAL_FAULTS)).isZero();
    }

    private void await(int packets) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (diary.packets.size() < packets) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void awaitCount(Counter counter, long count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (server.counters().get(counter) < count) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void isToldWhatArrives() throws InterruptedException {
        RtcpPacket packet = null;
        while (!(packet instanceof ReceiverReport)) {
            packet = peer.rtcp.poll(60, TimeUnit.SECONDS);
            assertThat(packet).as("no report").isNotNull();
        }
    }

    @Test
    void CAP_2_mediaFromANewAddressIsTakenOnceStunHasProvedItAndNotBefore() throws Exception {
        peer.move();
        peer.sendRtp(111, 2, 10);
        awaitCount(Counter.UNKNOWN_ADDRESS, 1);
        peer.check(true);
        peer.sendRtp(111, 3, 10);
        await(2);
        assertThat(diary.packets).containsExactly(65_537L, 65_539L);
        peer.rtcp.clear();
        isToldWhatArrives();
        assertThat(server.counters().get(Counter.PATHS_FOLLOWED))
                .as("it was nominated")
                .isZero();
    }

    @Test
    void CAP_2_aPeerThatNominatesNothingIsFollowed() throws Exception {
        peer.move();
        peer.check(false);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int i = 2; server.counters().get(Counter.PATHS_FOLLOWED) == 0; i++) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            peer.sendRtp(111, i, 10);
            LockSupport.parkNanos(20_000_000);
        }
        isToldWhatArrives();
    }

    @Test
    void CAP_2_anIceRestartOnAnotherNetworkIsNoNewTake() throws Exception {
        peer.ufrag = TestPeer.newUfrag();
        String answer = room.publish("anna", TestOffers.sdp(peer, 2, "actpass", "sendonly", "sendonly", 10), Map.of())
                .join();
        peer.sendRtp(111, 2, 10);
        await(2);
        peer.move();
        peer.believe(answer);
        peer.check(true);
        peer.sendRtp(111, 3, 10);
        await(3);
        peer.rtcp.clear();
        isToldWhatArrives();
    }
}
