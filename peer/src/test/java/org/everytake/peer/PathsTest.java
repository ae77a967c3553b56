package org.everytake.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.DatagramPort;
import org.everytake.call.Room;
import org.everytake.call.Sink;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.FlashClip;
import org.everytake.peer.net.Conditions;
import org.everytake.peer.net.SocketNetwork;
import org.everytake.peer.net.TcpNetwork;
import org.everytake.peer.net.VirtualHost;
import org.everytake.peer.net.VirtualNetwork;
import org.everytake.wire.rtp.RtpPacket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ways by which people reach a call. */
@Timeout(90)
class PathsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static Clip clip;

    @BeforeAll
    static void makeClip() throws Exception {
        clip = new FlashClip("0x2060C0", 1000, 320, 180, 300, 2).in(Path.of("target", "clips"));
    }

    private static void hearEachOther(Participant anna, Participant bert) throws Exception {
        anna.join().publish(clip);
        bert.join().publish(clip);
        for (Participant each : new Participant[] {anna, bert}) {
            Await.until("frames and sound", PATIENCE, () -> each.frames() >= 30 && each.opusPackets() >= 50);
            assertThat(each.faults).isEmpty();
            assertThat(each.losses).isEmpty();
        }
    }

    @Test
    void CAP_1_whoHasNoUdpComesByTcpAndHearsWhoHas() throws Exception {
        var options = CallOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (CallServer server = CallServer.open(options)) {
            Room room = server.room("session");
            try (Participant anna = new Participant(new TcpNetwork(), room, PeerOptions.of("anna", 1));
                    Participant bert = new Participant(new SocketNetwork(), room, PeerOptions.of("bert", 2))) {
                hearEachOther(anna, bert);
            }
            assertThat(server.counters().get(Counter.TCP_ACCEPTED))
                    .as("one to publish, one to hear")
                    .isEqualTo(2);
            assertThat(server.counters().get(Counter.TCP_OVERFLOW)).isZero();
        }
    }

    @Test
    void CAP_1_oneByIpv4AndOneByIpv6HearEachOther() throws Exception {
        InetAddress four = InetAddress.ofLiteral("127.0.0.1");
        InetAddress six = InetAddress.ofLiteral("::1");
        var options = CallOptions.of(new InetSocketAddress("0.0.0.0", 0)).withAdvertised(List.of(four, six), 0);
        try (CallServer server = CallServer.open(options)) {
            Room room = server.room("session");
            var byFour = new SocketNetwork(four, InstantSource.system());
            var bySix = new SocketNetwork(six, InstantSource.system());
            try (Participant anna = new Participant(byFour, room, PeerOptions.of("anna", 1));
                    Participant bert = new Participant(bySix, room, PeerOptions.of("bert", 2))) {
                hearEachOther(anna, bert);
            }
        }
    }

    /** When packets of each track came, and which tracks were closed. */
    private static final class Arrivals implements Sink {
        final Map<Track, List<Long>> arrivals = new ConcurrentHashMap<>();
        final List<Track> closed = new CopyOnWriteArrayList<>();

        @Override
        public void packet(Track track, Stream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
            arrivals.computeIfAbsent(track, t -> new CopyOnWriteArrayList<>()).add(arrivalNanos);
        }

        @Override
        public void closed(Track track, String reason) {
            closed.add(track);
        }

        Duration longestPause(Track track) {
            List<Long> all = arrivals.getOrDefault(track, List.of());
            long longest = 0;
            for (int i = 1; i < all.size(); i++) {
                longest = Math.max(longest, all.get(i) - all.get(i - 1));
            }
            return Duration.ofNanos(longest);
        }
    }

    @Test
    void CAP_2_aNatThatForgetsItsMappingEndsNoTake() throws Exception {
        var network = new VirtualNetwork(5, Conditions.of(0, Duration.ofMillis(10)), Instant.EPOCH);
        DatagramPort port = network.open();
        var options = CallOptions.of(port.localAddress())
                .withAdvertised(List.of(port.localAddress().getAddress()), 0);
        try (CallServer server = CallServer.open(options, port, network::nanoTime, network::wallTime)) {
            Room room = server.room("session");
            var tape = new Arrivals();
            room.add(tape).join();
            VirtualHost home = network.host();
            try (Participant anna = new Participant(home, room, PeerOptions.of("anna", 1));
                    Participant bert = new Participant(network, room, PeerOptions.of("bert", 2))) {
                hearEachOther(anna, bert);
                network.freeze();
                home.rebind();
                // Anna's checks of her paths come each 4 s or so; they nominate nothing.
                network.advance(Duration.ofSeconds(15));
                assertThat(server.counters().get(Counter.UNKNOWN_ADDRESS))
                        .as("until a check has proved the new address")
                        .isPositive();
                assertThat(server.counters().get(Counter.PATHS_FOLLOWED))
                        .as("of what she sends, and of what she hears")
                        .isEqualTo(2);
                int frames = anna.frames();
                int sounds = bert.opusPackets();
                network.advance(Duration.ofSeconds(10));
                assertThat(anna.frames() - frames)
                        .as("10 s of Bert's 30 a second")
                        .isGreaterThan(280);
                assertThat(bert.opusPackets() - sounds)
                        .as("10 s of Anna's sound")
                        .isGreaterThan(480);
                assertThat(tape.closed).isEmpty();
            }
            assertThat(tape.arrivals).as("two tracks of each").hasSize(4);
            for (Track track : tape.arrivals.keySet()) {
                boolean moved = track.person().equals("anna");
                assertThat(tape.longestPause(track))
                        .as(track.toString())
                        .isLessThan(moved ? Duration.ofSeconds(6) : Duration.ofSeconds(1));
            }
        }
    }
}
