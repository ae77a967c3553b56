package org.everytake.peer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.everytake.call.CallCounters;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.everytake.call.net.EventLoop;
import org.junit.jupiter.api.Test;

class VirtualNetworkTest {
    private static final Instant EPOCH = Instant.parse("2026-11-01T12:00:00Z");

    /** What was heard: a number, from whom, and when. */
    private record Heard(int number, InetSocketAddress from, long nanos) {
        Heard since(long begin) {
            return new Heard(number, from, nanos - begin);
        }
    }

    /** Sends a numbered datagram to each of the others at each tick, and writes down what comes. */
    private static final class Side implements EventLoop.Handler, AutoCloseable {
        final List<Heard> heard = new CopyOnWriteArrayList<>();
        final DatagramPort port;
        private final EventLoop loop;
        private final List<InetSocketAddress> to = new CopyOnWriteArrayList<>();
        private int number;

        Side(VirtualNetwork network, DatagramPort port) {
            this.port = port;
            this.loop = new EventLoop("side", port, network::nanoTime, new CallCounters());
            loop.start(this);
        }

        void sendTo(Side other) {
            to.add(other.port.localAddress());
        }

        List<Integer> numbers() {
            return heard.stream().map(Heard::number).toList();
        }

        @Override
        public void tick(long nowNanos) {
            for (InetSocketAddress each : to) {
                port.send(new byte[] {(byte) (number >> 8), (byte) number}, 0, 2, TransportAddress.udp(each));
            }
            number++;
        }

        @Override
        public void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
            heard.add(new Heard(
                    (buffer[offset] & 0xFF) << 8 | (buffer[offset + 1] & 0xFF), from.socketAddress(), arrivalNanos));
        }

        @Override
        public void closing() {}

        @Override
        public void close() {
            loop.close();
        }
    }

    private static VirtualNetwork frozen(long seed, Conditions conditions) {
        VirtualNetwork network = new VirtualNetwork(seed, conditions, EPOCH);
        network.freeze();
        return network;
    }

    private static List<Heard> run(long seed, Conditions conditions, Duration duration) throws Exception {
        VirtualNetwork network = frozen(seed, conditions);
        try (Side receiver = new Side(network, network.open());
                Side sender = new Side(network, network.open())) {
            sender.sendTo(receiver);
            network.advance(duration);
            return receiver.heard;
        }
    }

    private static List<Integer> numbers(List<Heard> heard) {
        return heard.stream().map(Heard::number).toList();
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
        assertThat(numbers(run(1, Conditions.PERFECT, Duration.ofSeconds(10))))
                .hasSizeBetween(999, 1001)
                .isSorted();
    }

    @Test
    void lossDelayAndReorderingAreAsAsked() throws Exception {
        Conditions conditions = Conditions.of(0.05, Duration.ofMillis(30)).withReordering(0.3, Duration.ofMillis(25));
        List<Heard> heard = run(7, conditions, Duration.ofSeconds(20));
        assertThat(heard).hasSizeBetween(1850, 1950);
        List<Integer> sorted = new ArrayList<>(numbers(heard));
        sorted.sort(null);
        assertThat(numbers(heard)).isNotEqualTo(sorted);
        for (Heard one : heard) {
            long sinceFirst = one.nanos() - heard.getFirst().nanos();
            long sentAfter = 10_000_000L * (one.number() - heard.getFirst().number());
            assertThat(Math.abs(sinceFirst - sentAfter)).isLessThanOrEqualTo(25_000_000L);
        }
    }

    @Test
    void theSameSeedGivesTheSameRun() throws Exception {
        List<List<Heard>> first = crowd(3);
        assertThat(first).allMatch(heard -> heard.size() > 500);
        assertThat(first.equals(crowd(3))).as("again").isTrue();
        assertThat(first.equals(crowd(4))).as("another seed").isFalse();
    }

    /** Everything that six hear who all send to each other. */
    private static List<List<Heard>> crowd(long seed) throws Exception {
        Conditions bad = Conditions.of(0.1, Duration.ofMillis(5))
                .withBursts(0.05, 3)
                .withReordering(0.5, Duration.ofMillis(20))
                .withDuplication(0.1);
        VirtualNetwork network = frozen(seed, bad);
        List<Side> sides = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                VirtualHost host = network.host();
                host.setUp(Conditions.PERFECT.withRate(20_000, 60));
                host.setDown(Conditions.PERFECT.withJitter(Duration.ofMillis(i)));
                sides.add(new Side(network, host.open()));
            }
            network.advance(Duration.ofMillis(5));
            long begin = network.nanoTime();
            for (Side from : sides) {
                sides.stream().filter(to -> to != from).forEach(from::sendTo);
            }
            network.advance(Duration.ofSeconds(3));
            return sides.stream()
                    .map(side ->
                            side.heard.stream().map(one -> one.since(begin)).toList())
                    .toList();
        } finally {
            sides.forEach(Side::close);
        }
    }

    @Test
    void eachDirectionOfAHostHasConditionsOfItsOwnThatMayChange() throws Exception {
        VirtualNetwork network = frozen(1, Conditions.PERFECT);
        VirtualHost home = network.host();
        try (Side anna = new Side(network, home.open());
                Side server = new Side(network, network.open())) {
            anna.sendTo(server);
            server.sendTo(anna);
            home.setUp(Conditions.PERFECT.withDelay(Duration.ofMillis(40)));
            home.setDown(Conditions.of(0, Duration.ofMillis(70)));
            network.advance(Duration.ofSeconds(1));
            assertThat(server.heard).hasSizeBetween(96, 97);
            assertThat(anna.heard).hasSizeBetween(93, 94);

            home.setUp(Conditions.PERFECT.withLoss(1));
            network.advance(Duration.ofSeconds(1));
            assertThat(server.heard).as("what was under way").hasSizeBetween(100, 101);
            assertThat(anna.heard).hasSizeBetween(193, 194);

            home.setUp(Conditions.PERFECT);
            network.advance(Duration.ofSeconds(1));
            assertThat(server.heard).hasSizeBetween(200, 202);
            assertThat(network.lost()).isBetween(99L, 101L);
        }
    }

    @Test
    void portsOfAHostShareTheRateOfItsLink() throws Exception {
        VirtualNetwork network = frozen(1, Conditions.PERFECT);
        VirtualHost home = network.host();
        try (Side one = new Side(network, home.open());
                Side other = new Side(network, home.open());
                Side server = new Side(network, network.open())) {
            server.sendTo(one);
            server.sendTo(other);
            // 2 bytes 200 times a second are 3,200 bit/s; half of them fits.
            home.setDown(Conditions.PERFECT.withRate(1_600, 16));
            network.advance(Duration.ofSeconds(20));
            assertThat(one.heard.size() + other.heard.size()).isBetween(1_990, 2_010);
            assertThat(network.sent()).isBetween(3_998L, 4_002L);
        }
    }

    @Test
    void afterRebindingOthersSeeAnotherAddressAndTheOldOneIsDead() throws Exception {
        VirtualNetwork network = frozen(1, Conditions.PERFECT);
        VirtualHost home = network.host();
        try (Side anna = new Side(network, home.open());
                Side server = new Side(network, network.open())) {
            InetSocketAddress before = anna.port.localAddress();
            anna.sendTo(server);
            server.sendTo(anna);
            network.advance(Duration.ofSeconds(1));
            int heardByAnna = anna.heard.size();
            assertThat(server.heard).allMatch(heard -> heard.from().equals(before));

            home.rebind();
            network.advance(Duration.ofSeconds(1));
            InetSocketAddress after = server.heard.getLast().from();
            assertThat(after).isNotEqualTo(before);
            assertThat(anna.port.localAddress()).isEqualTo(before);
            assertThat(anna.heard).as("sent to the old address").hasSize(heardByAnna);
            assertThat(server.numbers()).as("none of what was sent was lost").hasSizeBetween(200, 202);

            server.to.clear();
            server.to.add(after);
            network.advance(Duration.ofSeconds(1));
            assertThat(anna.heard).hasSizeBetween(heardByAnna + 99, heardByAnna + 101);
        }
    }
}
