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
        List<InetSocketAddress> all = told(ports.advertised(), bound.getAddress()).stream()
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

    private static List<InetAddress> told(List<PublicAddress> advertised, InetAddress bound) {
        List<InetAddress> inPlaceOfAll = advertised.stream()
                .filter(one -> one.local() == null)
                .map(PublicAddress::address)
                .toList();
        return inPlaceOfAll.isEmpty() ? replaced(advertised, hosts(bound)) : inPlaceOfAll;
    }

    /** Ours, but for those that others stand for. */
    static List<InetAddress> replaced(List<PublicAddress> pairs, List<InetAddress> hosts) {
        for (PublicAddress pair : pairs) {
            if (!hosts.contains(pair.local())) {
                log.warn(
                        "{} is told for {}, which is none of the addresses here: {}",
                        pair.address(),
                        pair.local(),
                        hosts);
            }
        }
        List<InetAddress> told = new ArrayList<>();
        for (InetAddress host : hosts) {
            List<InetAddress> instead = pairs.stream()
                    .filter(pair -> host.equals(pair.local()))
                    .map(PublicAddress::address)
                    .toList();
            told.addAll(instead.isEmpty() ? List.of(host) : instead);
        }
        return told;
    }

    private static List<InetAddress> hosts(InetAddress bound) {
        if (!bound.isAnyLocalAddress()) {
            return List.of(bound);
        }
        List<InetAddress> addresses = ofThisMachine(bound instanceof Inet4Address);
        return addresses.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : addresses;
    }

    /** Of both versions of IP where both can come; IPv4 first: behind many a home router it is the one that works. */
    private static List<InetAddress> ofThisMachine(boolean onlyIpv4) {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                if (each.isUp() && !each.isLoopback()) {
                    each.inetAddresses()
                            .filter(Advertised::canBeReached)
                            .filter(address -> !onlyIpv4 || address instanceof Inet4Address)
                            .map(Advertised::withoutInterface)
                            .forEach(addresses::add);
                }
            }
        } catch (SocketException e) {
            log.warn("cannot list the machine's addresses", e);
        }
        addresses.sort(Comparator.comparing(address -> address instanceof Inet4Address ? 0 : 1));
        return addresses;
    }

    /** A link-local address means something only together with an interface of whoever uses it. */
    private static boolean canBeReached(InetAddress address) {
        return !address.isLinkLocalAddress() && !address.isMulticastAddress();
    }

    /** Of an address that is none of a link, the interface says nothing, but makes it unequal to one that was read. */
    private static InetAddress withoutInterface(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? address : InetAddress.ofLiteral(text.substring(0, zone));
    }
}
