package org.everytake.call;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where a {@link CallServer} is reached.
 *
 * @param first the UDP address of the first event loop; the others take the ports behind it. Port 0: each takes a free
 *     one
 * @param loops how many event loops, each with a thread and a port of its own
 * @param batches whether datagrams are taken and sent many at a time, where the system can
 * @param tcp whether peers may come by TCP to the same ports, too
 * @param advertised what is told in candidates in place of addresses of this machine; these are loopback when bound to
 *     loopback, the bound address when bound to one, else all but those of a link
 * @param advertisedPort the first port in candidates; 0 for those that are bound
 * @param socketBufferBytes what each port is to ask for; the system may grant less, which is logged
 */
public record CallPorts(
        InetSocketAddress first,
        int loops,
        boolean batches,
        boolean tcp,
        List<PublicAddress> advertised,
        int advertisedPort,
        int socketBufferBytes) {
    /** More would hardly be kept busy: the kernel and the recorder need processors, too. */
    public static final int MOST_LOOPS = 8;

    public CallPorts {
        advertised = List.copyOf(advertised);
        if (loops < 1 || loops > MOST_LOOPS) {
            throw new IllegalArgumentException("loops: " + loops);
        }
    }

    /** Good values for all but the address. */
    public static CallPorts of(InetSocketAddress first) {
        return new CallPorts(first, loopsOfThisMachine(), true, true, List.of(), 0, 32 << 20);
    }

    /** One for each processor, at most {@link #MOST_LOOPS}. */
    public static int loopsOfThisMachine() {
        return Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
    }

    public CallPorts withLoops(int count) {
        return new CallPorts(first, count, batches, tcp, advertised, advertisedPort, socketBufferBytes);
    }

    public CallPorts withBatches(boolean wanted) {
        return new CallPorts(first, loops, wanted, tcp, advertised, advertisedPort, socketBufferBytes);
    }

    public CallPorts withTcp(boolean wanted) {
        return new CallPorts(first, loops, batches, wanted, advertised, advertisedPort, socketBufferBytes);
    }

    /** Tells these addresses, and no others. */
    public CallPorts withAdvertised(List<InetAddress> addresses, int port) {
        List<PublicAddress> told = addresses.stream().map(PublicAddress::of).toList();
        return new CallPorts(first, loops, batches, tcp, told, port, socketBufferBytes);
    }

    public CallPorts withPublic(List<PublicAddress> addresses) {
        return new CallPorts(first, loops, batches, tcp, addresses, advertisedPort, socketBufferBytes);
    }

    /** The address that the loop of that number is to bind. */
    InetSocketAddress bind(int loop) {
        return first.getPort() == 0 ? first : new InetSocketAddress(first.getAddress(), first.getPort() + loop);
    }
}
