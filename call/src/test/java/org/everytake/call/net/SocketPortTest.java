package org.everytake.call.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways of getting datagrams out of a socket and into it, over both versions of IP. */
@Timeout(120)
class SocketPortTest {
    private record Arrived(byte[] bytes, TransportAddress from) {}

    private static SocketPort bind(String host, boolean batches) throws IOException {
        var any = new InetSocketAddress(InetAddress.ofLiteral(host), 0);
        SocketPort port = SocketPort.bind(any, 4 << 20, batches, System::nanoTime);
        assertThat(port.isBatched())
                .as("this is Linux with glibc, which has the calls")
                .isEqualTo(batches);
        return port;
    }

    private static TransportAddress at(String host, SocketPort port) {
        return TransportAddress.udp(new InetSocketAddress(
                InetAddress.ofLiteral(host), port.localAddress().getPort()));
    }

    private static List<Arrived> receive(SocketPort port, int count) throws IOException {
        List<Arrived> arrived = new ArrayList<>();
        DatagramPort.Receiver receiver = (buffer, offset, length, from, arrivalNanos) -> {
            assertThat(buffer.length - offset - length).as("room behind it").isGreaterThanOrEqualTo(256);
            arrived.add(new Arrived(Arrays.copyOfRange(buffer, offset, offset + length), from));
        };
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (arrived.size() < count && System.nanoTime() < end) {
            port.poll(end, receiver);
        }
        return arrived;
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.1, 127.0.0.1, false",
        "::1,       ::1,       ::1,       true",
        "::1,       ::1,       ::1,       false",
        "::,        127.0.0.1, 127.0.0.1, true",
        "::,        127.0.0.1, 127.0.0.1, false",
        "::,        ::1,       ::1,       true",
        "0.0.0.0,   127.0.0.1, 127.0.0.1, true",
        "0.0.0.0,   ::1,       ::1,       true",
        "0.0.0.0,   ::1,       ::1,       false",
    })
    void CAP_1_whatIsSentArrivesAndIsAnsweredToWhereItCameFrom(
            String host, String reached, String sender, boolean batches) throws Exception {
        try (SocketPort here = bind(host, batches);
                SocketPort there = bind(sender, batches)) {
            // More than one call takes.
            for (int i = 0; i < 200; i++) {
                byte[] bytes =
                        ByteBuffer.allocate(i == 0 ? 4 : 4 + i * 7).putInt(i).array();
                assertThat(there.send(bytes, 0, bytes.length, at(reached, here)))
                        .isTrue();
            }
            assertThat(there.flush()).isZero();
            List<Arrived> arrived = receive(here, 200);
            for (int i = 0; i < 200; i++) {
                assertThat(arrived.get(i).bytes()).hasSize(4 + i * 7).startsWith(0, 0, 0, i);
                assertThat(arrived.get(i).from())
                        .isSameAs(arrived.getFirst().from())
                        .isEqualTo(at(sender, there));
            }
            here.send(new byte[] {1, 2, 3}, 1, 2, arrived.getFirst().from());
            here.flush();
            assertThat(receive(there, 1).getFirst().bytes()).containsExactly(2, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatHasNoWayIsLostAloneAndCounted(boolean batches) throws Exception {
        try (SocketPort here = bind("127.0.0.1", batches);
                SocketPort there = bind("127.0.0.1", batches)) {
            assertThat(here.send(new byte[10_000], 0, 10_000, at("127.0.0.1", there)))
                    .isFalse();
            assertThat(here.send(new byte[1], 0, 1, at("::1", there))).isFalse();
            int lost = 0;
            for (int i = 0; i < 100; i++) {
                byte[] bytes = {(byte) i};
                here.send(bytes, 0, 1, at("127.0.0.1", there));
                // From loopback there is no way to another network.
                if (i % 10 == 5 && !here.send(bytes, 0, 1, at("198.51.100.1", there))) {
                    lost++;
                }
            }
            assertThat(lost + here.flush()).isEqualTo(10);
            assertThat(here.flush()).as("told once").isZero();
            assertThat(receive(there, 100))
                    .extracting(one -> (int) one.bytes()[0])
                    .isSorted()
                    .hasSize(100);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsTooLongIsCut(boolean batches) throws Exception {
        try (SocketPort here = bind("127.0.0.1", batches);
                var there = new java.net.DatagramSocket()) {
            there.send(new java.net.DatagramPacket(new byte[9_000], 9_000, here.localAddress()));
            assertThat(receive(here, 1).getFirst().bytes()).hasSize(4_096);
        }
    }

    @Test
    void whatWaitedHasTheTimeAtWhichItCame() throws Exception {
        try (SocketPort here = bind("127.0.0.1", true);
                SocketPort there = bind("127.0.0.1", true)) {
            // A kernel of which no socket wanted times begins to take them a moment after the first does.
            Thread.sleep(500);
            long before = System.nanoTime();
            there.send(new byte[3], 0, 3, at("127.0.0.1", here));
            there.flush();
            long after = System.nanoTime();
            Thread.sleep(300);
            List<Long> arrivals = new ArrayList<>();
            here.poll(0, (buffer, offset, length, from, arrivalNanos) -> arrivals.add(arrivalNanos));
            // The two clocks are not read at one moment.
            long unsure = TimeUnit.MILLISECONDS.toNanos(50);
            assertThat(arrivals).singleElement(LONG).isBetween(before - unsure, after + unsure);
        }
    }

    @Test
    void aPortThatGathersIsNotWokenByWhatArrivesAndLeavesNothingBehind() throws Exception {
        try (SocketPort here = bind("127.0.0.1", true);
                SocketPort there = bind("127.0.0.1", true)) {
            assertThat(here.capacity()).isPositive();
            here.gather(true);
            // More than is taken at a time, and no more than small buffers of a kernel hold.
            for (int i = 0; i < 400; i++) {
                there.send(new byte[3], 0, 3, at("127.0.0.1", here));
            }
            there.flush();
            long hour = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
            long wait = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
            List<Integer> arrived = new ArrayList<>();
            here.poll(wait, (buffer, offset, length, from, nanos) -> arrived.add(length));
            assertThat(System.nanoTime()).isGreaterThanOrEqualTo(wait);
            while (arrived.size() < 400) {
                here.poll(hour, (buffer, offset, length, from, nanos) -> arrived.add(length));
            }
            here.gather(false);
            there.send(new byte[3], 0, 3, at("127.0.0.1", here));
            there.flush();
            assertThat(receive(here, 1)).hasSize(1);
        }
    }

    @Test
    void aWakeupEndsTheWait() throws Exception {
        try (SocketPort port = bind("127.0.0.1", true)) {
            port.wakeup();
            port.poll(System.nanoTime() + TimeUnit.HOURS.toNanos(1), (buffer, offset, length, from, nanos) -> {});
        }
    }

    @Test
    void moreAddressesThanAreRememberedAreToldApart() {
        var addresses = new SocketAddresses();
        try (var arena = java.lang.foreign.Arena.ofConfined()) {
            var memory = arena.allocate(SocketAddresses.BYTES, 8);
            Set<TransportAddress> seen = new HashSet<>();
            for (int i = 0; i < 20_000; i++) {
                InetAddress host = InetAddress.ofLiteral(i % 2 == 0 ? "192.0.2." + i % 200 : "2001:db8::" + i % 200);
                TransportAddress address = TransportAddress.udp(new InetSocketAddress(host, 1 + i));
                assertThat(SocketAddresses.write(address, true, memory, 0)).isEqualTo(28);
                assertThat(addresses.read(memory, 0)).isEqualTo(address).isSameAs(addresses.read(memory, 0));
                seen.add(addresses.read(memory, 0));
            }
            assertThat(seen).hasSize(20_000);
            memory.set(java.lang.foreign.ValueLayout.JAVA_SHORT, 0, (short) 1);
            assertThat(addresses.read(memory, 0)).as("of another family").isNull();
        }
    }
}
