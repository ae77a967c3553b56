package org.everytake.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.everytake.call.net.SocketPort;
import org.everytake.wire.rtp.RtpPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several event loops, and which rooms are on which. */
@Timeout(120)
class LoopsTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static CallOptions options(int port, int loops) {
        return CallOptions.of(CallPorts.of(new InetSocketAddress(HERE, port)).withLoops(loops));
    }

    /** Sinks are called by the room's loop. */
    private static String loopOf(Room room) {
        List<String> threads = new CopyOnWriteArrayList<>();
        Sink sink = new Sink() {
            @Override
            public void packet(Track track, Stream stream, RtpPacket packet, long sequence, long arrivalNanos) {}

            @Override
            public void joined(String person, String name) {
                threads.add(Thread.currentThread().getName());
            }
        };
        room.add(sink).join();
        room.join("probe", "Probe", new RoomListener() {}).join();
        room.leave("probe").join();
        room.remove(sink).join();
        return threads.getLast();
    }

    @Test
    void eachNewSessionGoesWhereTheFewestPeopleAreAndABreakoutBesideItsSession() throws Exception {
        try (CallServer server = CallServer.open(options(0, 3))) {
            assertThat(server.localAddresses()).doesNotHaveDuplicates().hasSize(3);
            Room full = server.room("full");
            String busy = loopOf(full);
            assertThat(List.of(busy, loopOf(server.room("second")), loopOf(server.room("third"))))
                    .doesNotHaveDuplicates();
            for (String person : List.of("anna", "ben", "cara")) {
                full.join(person, person, new RoomListener() {}).join();
            }
            // People are counted at the next tick; until then all loops have one room.
            for (int i = 0; loopOfNew(server, i).equals(busy); i++) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(server.room("full")).isSameAs(full);
            assertThat(loopOf(server.roomBeside("breakout", "full"))).isEqualTo(busy);
            assertThat(server.room("breakout")).isSameAs(server.roomBeside("breakout", "second"));
        }
    }

    private static String loopOfNew(CallServer server, int number) {
        Room room = server.room("new" + number);
        String loop = loopOf(room);
        room.close().join();
        return loop;
    }

    @Test
    void loopsTakeThePortsBehindTheFirstAndCandidatesNameTheirOwn() throws Exception {
        int first = consecutive(2);
        try (CallServer server = CallServer.open(options(first, 2))) {
            assertThat(server.localAddresses())
                    .extracting(InetSocketAddress::getPort)
                    .containsExactly(first, first + 1);
            assertThatThrownBy(() -> CallServer.open(options(first + 1, 1))).isInstanceOf(IOException.class);
        }
        var second = new InetSocketAddress(HERE, first + 1);
        try (SocketPort port = SocketPort.bind(second, 1 << 20, System::nanoTime)) {
            CallPorts ports = options(first, 2).ports();
            assertThat(Advertised.candidates(ports, 1, port)).containsExactly(TransportAddress.udp(second));
            port.listen(new CallCounters());
            assertThat(Advertised.candidates(ports, 1, port))
                    .containsExactly(TransportAddress.udp(second), TransportAddress.tcp(second));
        }
    }

    /** The first of so many ports in a row that are free now, for UDP and for TCP. */
    private static int consecutive(int count) throws IOException {
        while (true) {
            int port;
            try (var any = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
                port = any.getLocalPort();
            }
            if (IntStream.range(port, port + count).allMatch(LoopsTest::isFree)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var datagrams = new DatagramSocket(new InetSocketAddress(HERE, port));
                var streams = new ServerSocket(port, 1, HERE)) {
            return datagrams.isBound() && streams.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void CAP_1_aPublicAddressStandsForAllOrForOne() {
        InetAddress local = InetAddress.ofLiteral("10.0.0.5");
        InetAddress six = InetAddress.ofLiteral("2001:db8::5");
        InetAddress outside = InetAddress.ofLiteral("203.0.113.7");
        List<InetAddress> hosts = List.of(local, six);
        assertThat(Advertised.replaced(List.of(), hosts)).isEqualTo(hosts);
        assertThat(Advertised.replaced(List.of(new PublicAddress(outside, local)), hosts))
                .containsExactly(outside, six);
        assertThat(Advertised.replaced(List.of(new PublicAddress(outside, HERE)), hosts))
                .as("none of ours")
                .isEqualTo(hosts);
    }

    @Test
    void CAP_1_onEveryAddressBothVersionsOfIpAreListenedOnAndNoneOfALinkIsTold() throws Exception {
        var everywhere = new InetSocketAddress("0.0.0.0", 0);
        try (SocketPort port = SocketPort.bind(everywhere, 1 << 20, System::nanoTime)) {
            assertThat(port.localAddress().getAddress()).isInstanceOf(Inet6Address.class);
            List<TransportAddress> told = Advertised.candidates(CallPorts.of(everywhere), 0, port);
            assertThat(told).isNotEmpty().noneMatch(one -> one.address().isLinkLocalAddress());
            List<InetAddress> machine = NetworkInterface.networkInterfaces()
                    .filter(LoopsTest::isUpAndNoLoopback)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress())
                    .toList();
            assertThat(told).hasSize(Math.max(1, machine.size()));
        }
    }

    private static boolean isUpAndNoLoopback(NetworkInterface each) {
        try {
            return each.isUp() && !each.isLoopback();
        } catch (SocketException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theSameAddressOverUdpAndTcpIsTwo() throws Exception {
        var here = new InetSocketAddress("192.0.2.1", 5_000);
        TransportAddress udp = TransportAddress.udp(here);
        assertThat(udp).isNotEqualTo(TransportAddress.tcp(here)).isEqualTo(TransportAddress.udp(here));
        assertThat(udp).isNotEqualTo(TransportAddress.udp(new InetSocketAddress("192.0.2.1", 5_001)));
        assertThat(udp).isNotEqualTo(TransportAddress.udp(new InetSocketAddress("192.0.2.2", 5_000)));
        assertThat(TransportAddress.udp(new InetSocketAddress("2001:db8::1", 5_000)))
                .isEqualTo(TransportAddress.udp(new InetSocketAddress("2001:db8:0::1", 5_000)))
                .isNotEqualTo(TransportAddress.udp(new InetSocketAddress("2001:db8::2", 5_000)));
        assertThatThrownBy(() -> TransportAddress.udp(InetSocketAddress.createUnresolved("name", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
