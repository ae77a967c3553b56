package org.everytake.call.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.TransportAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plain sockets on one side; the test's thread does what the loop would. */
@Timeout(120)
class TcpListenerTest {
    private final CallCounters counters = new CallCounters();
    private final AtomicLong nanos = new AtomicLong(1);
    private final List<byte[]> arrived = new ArrayList<>();
    private final List<TransportAddress> from = new ArrayList<>();
    private SocketPort port;

    @BeforeEach
    void bind() throws IOException {
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        port = SocketPort.bind(any, 1 << 20, nanos::get);
        port.listen(counters);
    }

    @AfterEach
    void close() {
        port.close();
    }

    private void pollUntil(BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            // A millisecond by our clock, which stands.
            port.poll(nanos.get() + 1, (buffer, offset, length, peer, arrivalNanos) -> {
                arrived.add(Arrays.copyOfRange(buffer, offset, offset + length));
                from.add(peer);
            });
        }
    }

    private Socket connect() throws IOException {
        return new Socket(port.localAddress().getAddress(), port.localAddress().getPort());
    }

    private static byte[] frame(int length) {
        byte[] frame = new byte[2 + length];
        frame[0] = (byte) (length >> 8);
        frame[1] = (byte) length;
        Arrays.fill(frame, 2, frame.length, (byte) length);
        return frame;
    }

    @Test
    void CAP_1_packetsInPiecesAndManyAtOnceArriveWholeAndAreAnswered() throws Exception {
        try (Socket peer = connect()) {
            OutputStream out = peer.getOutputStream();
            for (byte one : frame(5)) {
                out.write(one);
                out.flush();
            }
            byte[] many = new byte[0];
            for (int length : new int[] {1, 0, 1_200, 4_096, 700}) {
                many = Arrays.copyOf(many, many.length + 2 + length);
                System.arraycopy(frame(length), 0, many, many.length - 2 - length, 2 + length);
            }
            out.write(many);
            pollUntil(() -> arrived.size() == 5);
            assertThat(arrived)
                    .extracting(packet -> packet.length)
                    .as("empty ones are no packets")
                    .containsExactly(5, 1, 1_200, 4_096, 700);
            assertThat(arrived.get(2)).containsOnly((byte) 1_200);
            assertThat(from).containsOnly(TransportAddress.tcp((InetSocketAddress) peer.getLocalSocketAddress()));

            assertThat(port.send(new byte[] {9, 8, 7, 6}, 1, 3, from.getFirst()))
                    .isTrue();
            var in = new DataInputStream(peer.getInputStream());
            assertThat(in.readUnsignedShort()).isEqualTo(3);
            assertThat(in.readNBytes(3)).containsExactly(8, 7, 6);
            assertThat(port.send(
                            new byte[1],
                            0,
                            1,
                            TransportAddress.udp(from.getFirst().socketAddress())))
                    .as("the same over UDP is another place, where nobody is")
                    .isTrue();
        }
    }

    @Test
    void CAP_1_whateverComesIsToldApartAsAPlainReaderWouldOrEndsTheConnection() throws Exception {
        var random = new Random(11);
        for (int round = 0; round < 100; round++) {
            byte[] stream = new byte[1 + random.nextInt(20_000)];
            random.nextBytes(stream);
            // Half of them are packets as long as they say, up to a last one that need not be.
            for (int at = 0; round % 2 == 0 && at + 2 <= stream.length; ) {
                int length = random.nextInt(4_097);
                stream[at] = (byte) (length >> 8);
                stream[at + 1] = (byte) length;
                at += 2 + length;
            }
            List<byte[]> expected = new ArrayList<>();
            boolean ends = read(stream, expected);
            arrived.clear();
            long malformed = counters.get(Counter.TCP_MALFORMED);
            try (Socket peer = connect()) {
                for (int at = 0; at < stream.length; ) {
                    int piece = Math.min(stream.length - at, 1 + random.nextInt(5_000));
                    peer.getOutputStream().write(stream, at, piece);
                    at += piece;
                }
                pollUntil(() -> arrived.size() == expected.size()
                        && counters.get(Counter.TCP_MALFORMED) == malformed + (ends ? 1 : 0));
            }
            assertThat(arrived).containsExactlyElementsOf(expected);
        }
    }

    /** Whether a packet is too long. */
    private static boolean read(byte[] stream, List<byte[]> packets) {
        int at = 0;
        while (at + 2 <= stream.length) {
            int length = (stream[at] & 0xFF) << 8 | (stream[at + 1] & 0xFF);
            if (length > 4_096) {
                return true;
            }
            if (at + 2 + length > stream.length) {
                return false;
            }
            if (length > 0) {
                packets.add(Arrays.copyOfRange(stream, at + 2, at + 2 + length));
            }
            at += 2 + length;
        }
        return false;
    }

    @Test
    void aPacketThatIsTooLongEndsTheConnection() throws Exception {
        try (Socket peer = connect()) {
            peer.getOutputStream().write(new byte[] {0x10, 1});
            pollUntil(() -> counters.get(Counter.TCP_MALFORMED) == 1);
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoTakesNothingLosesAloneAndIsBounded() throws Exception {
        try (Socket deaf = connect();
                Socket other = connect()) {
            deaf.getOutputStream().write(frame(1));
            pollUntil(() -> arrived.size() == 1);
            other.getOutputStream().write(frame(2));
            pollUntil(() -> arrived.size() == 2);
            byte[] packet = new byte[1_200];
            int taken = 0;
            while (port.send(packet, 0, packet.length, from.getFirst())) {
                taken++;
            }
            assertThat(counters.get(Counter.TCP_OVERFLOW)).isEqualTo(1);
            assertThat(port.send(packet, 0, 2, from.get(1))).isTrue();
            assertThat(new DataInputStream(other.getInputStream()).readUnsignedShort())
                    .isEqualTo(2);

            // What was taken comes once the peer reads again, each packet whole.
            var in = new DataInputStream(deaf.getInputStream());
            var read = new AtomicLong();
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    while (in.readUnsignedShort() == packet.length) {
                        in.skipNBytes(packet.length);
                        read.incrementAndGet();
                    }
                } catch (IOException e) {
                    read.addAndGet(1_000_000);
                }
            });
            int all = taken;
            pollUntil(() -> read.get() == all);
            deaf.close();
            reader.join();
        }
    }

    @Test
    void aConnectionThatStunDoesNotProveIsClosedAndOneThatItDoesStays() throws Exception {
        try (Socket stranger = connect();
                Socket known = connect()) {
            known.getOutputStream().write(frame(1));
            pollUntil(() -> counters.get(Counter.TCP_ACCEPTED) == 2 && arrived.size() == 1);
            port.vouch(from.getFirst());
            nanos.addAndGet(TcpListener.FIRST_LEASE_NANOS + TimeUnit.SECONDS.toNanos(1));
            pollUntil(() -> counters.get(Counter.TCP_EXPIRED) == 1);
            assertThat(stranger.getInputStream().read()).isEqualTo(-1);
            known.getOutputStream().write(frame(2));
            pollUntil(() -> arrived.size() == 2);
            nanos.addAndGet(TcpListener.LEASE_NANOS);
            pollUntil(() -> counters.get(Counter.TCP_EXPIRED) == 2);
            assertThat(port.send(new byte[1], 0, 1, from.getFirst())).isFalse();
        }
    }

    @Test
    void connectionsFromOneAddressAreBoundedAndLeaveRoomWhenTheyGo() throws Exception {
        List<Socket> peers = new ArrayList<>();
        try {
            for (int i = 0; i < TcpListener.MOST_PER_ADDRESS + 5; i++) {
                peers.add(connect());
                long known = i + 1L;
                pollUntil(() -> counters.get(Counter.TCP_ACCEPTED) + counters.get(Counter.TCP_REFUSED) == known);
            }
            assertThat(counters.get(Counter.TCP_REFUSED)).isEqualTo(5);
            peers.getLast().getInputStream().read();
            peers.getFirst().getOutputStream().write(frame(1));
            pollUntil(() -> arrived.size() == 1);
            peers.getFirst().close();
            pollUntil(() -> !port.send(new byte[1], 0, 1, from.getFirst()));
            peers.add(connect());
            pollUntil(() -> counters.get(Counter.TCP_ACCEPTED) == TcpListener.MOST_PER_ADDRESS + 1);
        } finally {
            for (Socket peer : peers) {
                peer.close();
            }
        }
    }
}
