package org.everytake.peer.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.everytake.call.DatagramPort;

/**
 * A machine in a {@link VirtualNetwork}: its ports share an address and the link to the network, on which conditions are
 * set for each direction. Thread-safe by the network's lock.
 */
public final class VirtualHost implements Network {
    private static final int FIRST_PORT = 5000;

    private final VirtualNetwork network;
    private final int number;
    private final InetAddress inside;
    private final Link up;
    private final Link down;
    private final List<VirtualPort> ports = new ArrayList<>();
    private InetAddress outside;
    private int nextPort = FIRST_PORT;

    VirtualHost(VirtualNetwork network, int number, InetAddress inside, long upSeed, long downSeed) {
        this.network = network;
        this.number = number;
        this.inside = inside;
        this.outside = inside;
        this.up = new Link(upSeed, Conditions.PERFECT);
        this.down = new Link(downSeed, Conditions.PERFECT);
    }

    /** A port of this machine's address: 5000, 5001 ... */
    @Override
    public DatagramPort open() {
        return network.locked(() -> {
            int port = nextPort++;
            VirtualPort made = new VirtualPort(network, this, network.nextPortNumber(), address(inside, port));
            made.seenAs(address(outside, port));
            ports.add(made);
            network.opened(made);
            return made;
        });
    }

    @Override
    public long nanoTime() {
        return network.nanoTime();
    }

    @Override
    public Instant wallTime() {
        return network.wallTime();
    }

    /** From now on for what its ports send. */
    public void setUp(Conditions conditions) {
        network.locked(() -> up.set(conditions));
    }

    /** From now on for what reaches it. */
    public void setDown(Conditions conditions) {
        network.locked(() -> down.set(conditions));
    }

    /**
     * The NAT before it forgets its mapping: from now on what it sends comes from the next free address, and what others
     * send to the one before is lost. Its ports know nothing of that.
     */
    public void rebind() {
        network.locked(() -> {
            outside = network.nextAddress();
            for (VirtualPort port : ports) {
                network.moved(port, address(outside, port.localAddress().getPort()));
            }
        });
    }

    int number() {
        return number;
    }

    Link up() {
        return up;
    }

    Link down() {
        return down;
    }

    /** With the lock. */
    void closed(VirtualPort port) {
        ports.remove(port);
    }

    private static InetSocketAddress address(InetAddress host, int port) {
        return new InetSocketAddress(host, port);
    }
}
