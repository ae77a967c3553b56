package org.everytake.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.Room;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.FlashClip;
import org.everytake.peer.net.SocketNetwork;
import org.everytake.peer.net.TcpNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ways by which people reach a call, over real sockets. */
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
}
