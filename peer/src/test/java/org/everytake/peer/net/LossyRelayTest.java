package org.everytake.peer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.everytake.peer.Await;
import org.junit.jupiter.api.Test;

class LossyRelayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static DatagramSocket socket() throws IOException {
        var socket = new DatagramSocket(ANYWHERE);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void send(DatagramSocket from, int number, SocketAddress to) throws IOException {
        from.send(new DatagramPacket(ByteBuffer.allocate(4).putInt(number).array(), 4, to));
    }

    private static DatagramPacket receive(DatagramSocket at) throws IOException {
        var packet = new DatagramPacket(new byte[16], 16);
        at.receive(packet);
        return packet;
    }

    private static int number(DatagramPacket packet) {
        return ByteBuffer.wrap(packet.getData()).getInt();
    }

    @Test
    void theServerSeesEachClientUnderAnAddressOfItsOwnAndItsAnswersFindBack() throws IOException {
        try (DatagramSocket server = socket();
                DatagramSocket anna = socket();
                DatagramSocket ben = socket();
                LossyRelay relay = relay(server, Conditions.PERFECT, (datagram, now) -> {})) {
            send(anna, 1, relay.address());
            DatagramPacket annas = receive(server);
            send(ben, 2, relay.address());
            DatagramPacket bens = receive(server);
            assertThat(annas.getSocketAddress()).isNotEqualTo(bens.getSocketAddress());
            assertThat(List.of(number(annas), number(bens))).containsExactly(1, 2);

            send(server, 3, annas.getSocketAddress());
            send(server, 4, bens.getSocketAddress());
            DatagramPacket answer = receive(anna);
            assertThat(number(answer)).isEqualTo(3);
            assertThat(answer.getSocketAddress()).isEqualTo(relay.address());
            assertThat(number(receive(ben))).isEqualTo(4);
            assertThat(relay.up()).isEqualTo(new LossyRelay.Traffic(2, 0));
            assertThat(relay.down()).isEqualTo(new LossyRelay.Traffic(2, 0));
        }
    }

    @Test
    void itLosesItsShareDelaysAndReordersWhatArrivesAndTheTapHearsAll() throws Exception {
        Duration most = Duration.ofMillis(30);
        Conditions bad = Conditions.PERFECT.withLoss(0.05).withReordering(1, most);
        var heard = new AtomicLong();
        try (DatagramSocket server = socket();
                DatagramSocket client = socket();
                LossyRelay relay = relay(server, bad, (datagram, now) -> heard.addAndGet(datagram.remaining()))) {
            List<Integer> came = new ArrayList<>();
            int sent = 0;
            long longest = 0;
            // No more at a time than the kernel keeps for a reader.
            for (int batch = 0; batch < 40; batch++) {
                long began = System.nanoTime();
                for (int i = 0; i < 50; i++) {
                    send(client, sent++, relay.address());
                }
                int all = sent;
                Await.until("all are there", PATIENCE, () -> relay.up().sent() == all);
                while (came.size() < sent - relay.up().lost()) {
                    came.add(number(receive(server)));
                }
                longest = Math.max(longest, System.nanoTime() - began);
            }
            assertThat(heard).hasValue(4L * sent);
            assertThat((double) relay.up().lost() / sent).isCloseTo(0.05, within(0.02));
            assertThat(came).doesNotHaveDuplicates();
            assertThat(came).isNotEqualTo(came.stream().sorted().toList());
            assertThat(longest).isGreaterThan(most.toNanos() * 9 / 10);
        }
    }

    private static LossyRelay relay(DatagramSocket server, Conditions conditions, LossyRelay.Tap tap)
            throws IOException {
        return LossyRelay.open(ANYWHERE, (InetSocketAddress) server.getLocalSocketAddress(), conditions, 7, tap);
    }
}
