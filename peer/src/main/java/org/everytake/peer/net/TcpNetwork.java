package org.everytake.peer.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import org.everytake.call.DatagramPort;

/** As behind a firewall that lets no UDP through: connections are opened by TCP. */
public final class TcpNetwork implements Network {
    /** RFC 6544, section 4.5: what the active side says of itself. */
    private static final int DISCARD = 9;

    private final InstantSource clock = InstantSource.system();

    @Override
    public DatagramPort open() throws IOException {
        return new TcpPort(new InetSocketAddress(InetAddress.getLoopbackAddress(), DISCARD), this::nanoTime);
    }

    @Override
    public boolean isTcp() {
        return true;
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
