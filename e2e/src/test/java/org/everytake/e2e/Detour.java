package org.everytake.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.everytake.bench.server.Api;
import org.everytake.peer.net.Conditions;
import org.everytake.peer.net.LossyRelay;

/**
 * Relays before all UDP ports of the server, and a script that leads a page's connections to them. Browsers have no bad
 * network of their own for media: what they let pages lose is not what a call sends.
 */
final class Detour implements AutoCloseable {
    private static final long SEED = 62;

    private final List<LossyRelay> relays = new ArrayList<>();
    private final StringBuilder places = new StringBuilder();

    Detour(Api server) throws IOException, InterruptedException {
        InetAddress here = InetAddress.getLoopbackAddress();
        for (JsonNode port : server.get("health").orFail().path("network").path("ports")) {
            LossyRelay relay = LossyRelay.open(
                    new InetSocketAddress(here, 0),
                    new InetSocketAddress(here, port.asInt()),
                    Conditions.PERFECT,
                    SEED,
                    (datagram, nowNanos) -> {});
            relays.add(relay);
            places.append(port.asInt())
                    .append(':')
                    .append(relay.address().getPort())
                    .append(',');
        }
    }

    /** From now on so much of what goes either way is lost. */
    void losePercent(int loss) {
        relays.forEach(relay -> relay.set(Conditions.PERFECT.withLoss(loss / 100.0)));
    }

    /** Before a page's own scripts: leads its connections here, by UDP alone. */
    String script() {
        return """
                (() => {
                  const places = {%s};
                  const native = RTCPeerConnection.prototype.setRemoteDescription;
                  RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
                    const led = sdp.replace(/^a=candidate:.* tcp .*\\r\\n/gim, '')
                      .replace(/^(a=candidate:.* udp .* )(\\d+)( typ)/gim, (_, from, port, to) => from + places[port] + to);
                    return native.call(this, { type, sdp: led });
                  };
                })();""".formatted(places);
    }

    @Override
    public void close() throws IOException {
        for (LossyRelay relay : relays) {
            relay.close();
        }
    }
}
