package org.everytake.studio.storage;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * To which addresses a store's endpoint may lead. An admin of an organisation need not be who runs the server, and must
 * not be able to have it knock at doors within its own network (RFC 6890).
 *
 * @param local whether this machine and its network are fine, too
 */
record Reach(boolean local) {

    boolean includes(InetAddress address) {
        return local || isPublic(address);
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address four -> isPublic(bytes[0] & 0xFF, bytes[1] & 0xFF, bytes[2] & 0xFF);
            // fc00::/7 is a network's own; 64:ff9b::/96 and 2002::/16 carry addresses of IPv4, which could be any
            case Inet6Address six ->
                (bytes[0] & 0xFE) != 0xFC && !startsWith(bytes, 0x00, 0x64) && !startsWith(bytes, 0x20, 0x02);
            default -> false;
        };
    }

    private static boolean isPublic(int first, int second, int third) {
        boolean thisNetwork = first == 0;
        boolean carriers = first == 100 && (second & 0xC0) == 64; // 100.64.0.0/10
        boolean protocols = first == 192 && second == 0 && third == 0; // 192.0.0.0/24
        boolean benchmarks = first == 198 && (second & 0xFE) == 18; // 198.18.0.0/15
        boolean reserved = first >= 240;
        return !(thisNetwork || carriers || protocols || benchmarks || reserved);
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }
}
