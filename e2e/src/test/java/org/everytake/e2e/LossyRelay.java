package org.everytake.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.everytake.bench.server.Api;

/**
 * A network that loses datagrams between a browser and the server, for as long as it is told to. Browsers have none of
 * their own for media: what they let pages lose is not what a call sends.
 */
final class LossyRelay implements AutoCloseable {
    private static final int LARGEST_DATAGRAM = 2_000;

    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final StringBuilder places = new StringBuilder();
    private final Random random = new Random(62);
    private volatile int percent;

    /** Stands before every UDP port of the server. */
    LossyRelay(Api server) throws IOException, InterruptedException {
        for (JsonNode port : server.get("health").orFail().path("network").path("ports")) {
            DatagramSocket front = new DatagramSocket();
            sockets.add(front);
            places.append(port.asInt()).append(':').append(front.getLocalPort()).append(',');
            Map<SocketAddress, DatagramSocket> backs = new ConcurrentHashMap<>();
            var behind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.asInt());
            read(front, packet -> {
                DatagramSocket back =
                        backs.computeIfAbsent(packet.getSocketAddress(), client -> back(front, client, behind));
                back.send(new DatagramPacket(packet.getData(), packet.getLength()));
            });
        }
    }

    /** From now on so much of what goes either way is lost. */
    void losePercent(int loss) {
        percent = loss;
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

    private DatagramSocket back(DatagramSocket front, SocketAddress client, SocketAddress server) {
        try {
            DatagramSocket back = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            back.connect(server);
            synchronized (sockets) {
                sockets.add(back);
            }
            read(back, packet -> front.send(new DatagramPacket(packet.getData(), packet.getLength(), client)));
            return back;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Way {
        void send(DatagramPacket packet) throws IOException;
    }

    private void read(DatagramSocket from, Way to) {
        Thread.ofPlatform().daemon().start(() -> {
            while (!from.isClosed()) {
                DatagramPacket packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
                try {
                    from.receive(packet);
                    if (random.nextInt(100) >= percent) {
                        to.send(packet);
                    }
                } catch (IOException closed) {
                    // Or nobody is behind any more; then nothing comes from there either.
                }
            }
        });
    }

    @Override
    public void close() {
        synchronized (sockets) {
            sockets.forEach(DatagramSocket::close);
        }
    }
}
