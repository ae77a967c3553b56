package org.everytake.peer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.everytake.call.CallCounters;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.everytake.call.net.EventLoop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VirtualNetworkTest {
    private static final Instant EPOCH = Instant.parse("2026-11-01T12:00:00Z");

    /** Sends a numbered datagram at each tick, or writes down what comes. */
    private static final class Side implements EventLoop.Handler {
        final List<Integer> heard = new CopyOnWriteArrayList<>();
        final List<Long> arrivals = new CopyOnWriteArrayList<>();
        final DatagramPort port;
        private final @Nullable TransportAddress to;
        private int number;

        Side(DatagramPort port, @Nullable TransportAddress to) {
            this.port = port;
            this.to = to;
        }

        @Override
        public void tick(long nowNanos) {
            if (to != null) {
                port.send(new byte[] {(byte) (number >> 8), (byte) number}, 0, 2, to);
                number++;
            }
        }

        @Override
        public void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
            heard.add((buffer[offset] & 0xFF) << 8 | (buffer[offset + 1] & 0xFF));
            arrivals.add(arrivalNanos);
        }

        @Override
        public void closing() {}
    }

    private static Side run(long seed, Conditions conditions, Duration duration) throws Exception {
        VirtualNetwork network = new VirtualNetwork(seed, conditions, EPOCH);
        network.freeze();
        Side receiver = new Side(network.open(), null);
        Side sender = new Side(network.open(), TransportAddress.udp(receiver.port.localAddress()));
        try (var a = new EventLoop("receiver", receiver.port, network::nanoTime, new CallCounters());
                var b = new EventLoop("sender", sender.port, network::nanoTime, new CallCounters())) {
            a.start(receiver);
            b.start(sender);
            network.advance(duration);
        }
        return receiver;
    }

    @Test
    void frozenTimeMovesOnlyWhenAdvancedAndThenExactly() throws Exception {
        VirtualNetwork network = new VirtualNetwork(1, Conditions.PERFECT, EPOCH);
        assertThatThrownBy(() -> network.advance(Duration.ofSeconds(1))).isInstanceOf(IllegalStateException.class);
        network.freeze();
        long before = network.nanoTime();
        Instant wall = network.wallTime();
        network.advance(Duration.ofHours(1));
        assertThat(network.nanoTime() - before).isEqualTo(Duration.ofHours(1).toNanos());
        assertThat(Duration.between(wall, network.wallTime())).isEqualTo(Duration.ofHours(1));
        network.run();
        assertThat(network.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void aPerfectNetworkDeliversAllInOrder() throws Exception {
        Side receiver = run(1, Conditions.PERFECT, Duration.ofSeconds(10));
        assertThat(receiver.heard).hasSizeBetween(999, 1001).isSorted();
    }

    @Test
    void lossDelayAndReorderingAreAsAsked() throws Exception {
        Side receiver =
                run(7, new Conditions(0.05, Duration.ofMillis(30), 0.3, Duration.ofMillis(25)), Duration.ofSeconds(20));
        assertThat(receiver.heard).hasSizeBetween(1850, 1950);
        List<Integer> sorted = new ArrayList<>(receiver.heard);
        sorted.sort(null);
        assertThat(receiver.heard).isNotEqualTo(sorted);
        for (int i = 0; i < receiver.heard.size(); i++) {
            long sinceFirst = receiver.arrivals.get(i) - receiver.arrivals.getFirst();
            long sentAfter = 10_000_000L * (receiver.heard.get(i) - receiver.heard.getFirst());
            assertThat(Math.abs(sinceFirst - sentAfter)).isLessThanOrEqualTo(25_000_000L);
        }
    }

    @Test
    void theSameSeedGivesTheSameLosses() throws Exception {
        Conditions conditions = Conditions.of(0.2, Duration.ofMillis(5));
        List<Integer> first = run(3, conditions, Duration.ofSeconds(5)).heard;
        assertThat(run(3, conditions, Duration.ofSeconds(5)).heard).isEqualTo(first);
        assertThat(run(4, conditions, Duration.ofSeconds(5)).heard).isNotEqualTo(first);
    }
}
