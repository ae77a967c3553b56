package org.everytake.peer.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import org.everytake.call.DatagramPort;
import org.everytake.call.net.SocketPort;

/** Real UDP sockets. */
public final class SocketNetwork implements Network {
    private static final int BUFFER_BYTES = 2 << 20;

    private final InetAddress local;
    private final InstantSource clock;

    /** On the loopback interface. */
    public SocketNetwork() {
        this(InetAddress.getLoopbackAddress(), InstantSource.system());
    }

    /**
     * @param local the address to bind to, each time with a free port
     */
    public SocketNetwork(InetAddress local, InstantSource clock) {
        this.local = local;
        this.clock = clock;
    }

    @Override
    public DatagramPort open() throws IOException {
        return SocketPort.bind(new InetSocketAddress(local, 0), BUFFER_BYTES, this::nanoTime);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant wallTime() {
        return clock.instant();
    }
}
