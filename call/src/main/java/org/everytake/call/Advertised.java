package org.everytake.call;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Under which addresses peers may reach us. */
final class Advertised {
    private static final Logger log = LoggerFactory.getLogger(Advertised.class);

    private Advertised() {}

    /**
     * Best first.
     *
     * @param loop the number of the loop
     * @param port of the loop
     */
    static List<TransportAddress> candidates(CallPorts ports, int loop, DatagramPort port) {
        InetSocketAddress bound = port.localAddress();
        int number = ports.advertisedPort() == 0 ? bound.getPort() : ports.advertisedPort() + loop;
        List<InetAddress> addresses = ports.advertised().isEmpty() ? of(bound.getAddress()) : ports.advertised();
        List<InetSocketAddress> all = addresses.stream()
                .map(address -> new InetSocketAddress(address, number))
                .toList();
        List<TransportAddress> candidates =
                new ArrayList<>(all.stream().map(TransportAddress::udp).toList());
        if (port.acceptsTcp()) {
            all.stream().map(TransportAddress::tcp).forEach(candidates::add);
        }
        log.info("media at {}", candidates);
        return candidates;
    }

    private static List<InetAddress> of(InetAddress bound) {
        if (!bound.isAnyLocalAddress()) {
            return List.of(bound);
        }
        List<InetAddress> addresses = ofThisMachine(bound instanceof Inet4Address);
        return addresses.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : addresses;
    }

    /** IPv4 first: behind many a home router it is the one that works. */
    private static List<InetAddress> ofThisMachine(boolean onlyIpv4) {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                if (each.isUp() && !each.isLoopback()) {
                    each.inetAddresses()
                            .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
                            .filter(address -> !onlyIpv4 || address instanceof Inet4Address)
                            .forEach(addresses::add);
                }
            }
        } catch (SocketException e) {
            log.warn("cannot list the machine's addresses", e);
        }
        addresses.sort(Comparator.comparing(address -> address instanceof Inet4Address ? 0 : 1));
        return addresses;
    }
}
