package org.everytake.call.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.everytake.call.TransportAddress;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Failures failures = new Failures(42, 0);

    private static TransportAddress at(String host, int port) {
        return TransportAddress.udp(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    }

    private void fail(String host, int times) {
        for (int i = 0; i < times; i++) {
            failures.count(at(host, 1_000 + i));
        }
    }

    @Test
    void CAP_2_anAddressIsNotListenedToForTheRestOfTheSecondWhateverItsPort() {
        fail("192.0.2.1", Failures.MOST_PER_SECOND - 1);
        assertThat(failures.areTooMany(at("192.0.2.1", 1), 0)).isFalse();
        fail("192.0.2.1", 1);
        assertThat(failures.areTooMany(at("192.0.2.1", 2), SECOND - 1)).isTrue();
        assertThat(failures.areTooMany(at("192.0.2.2", 2), SECOND - 1)).isFalse();
        assertThat(failures.areTooMany(at("192.0.2.1", 1), SECOND)).isFalse();
    }

    @Test
    void CAP_2_aNetworkOfIpv6IsOneAddress() {
        for (int i = 0; i < Failures.MOST_PER_SECOND; i++) {
            fail("2001:db8::" + Integer.toHexString(i), 1);
        }
        assertThat(failures.areTooMany(at("2001:db8::ffff", 1), 0)).isTrue();
        assertThat(failures.areTooMany(at("2001:db8:0:1::1", 1), 0)).isFalse();
    }

    @Test
    void CAP_2_handshakesAreBoundedInAllAndByAddress() throws Exception {
        var handshakes = new Handshakes();
        InetAddress crowd = InetAddress.ofLiteral("192.0.2.1");
        for (int i = 0; i < Handshakes.MOST_PER_ADDRESS; i++) {
            assertThat(handshakes.begin(crowd)).isTrue();
        }
        assertThat(handshakes.begin(crowd)).isFalse();
        for (int i = Handshakes.MOST_PER_ADDRESS; i < Handshakes.MOST; i++) {
            assertThat(handshakes.begin(InetAddress.ofLiteral("2001:db8::" + Integer.toHexString(i))))
                    .isTrue();
        }
        InetAddress late = InetAddress.ofLiteral("192.0.2.2");
        assertThat(handshakes.begin(late)).isFalse();
        handshakes.end(crowd);
        assertThat(handshakes.begin(late)).isTrue();
        assertThat(handshakes.begin(crowd)).isFalse();
    }
}
