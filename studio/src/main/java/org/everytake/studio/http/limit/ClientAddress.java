package org.everytake.studio.http.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.everytake.studio.config.IpLiteral;

/** By what an address is counted: itself, or of IPv6 the /64, of which one customer has all (RFC 6177). */
public final class ClientAddress {
    private ClientAddress() {}

    /** @param address a literal, as servlets have it, with brackets or without */
    public static String counted(String address) {
        String bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        int zone = bare.indexOf('%');
        return IpLiteral.parse(zone < 0 ? bare : bare.substring(0, zone))
                .map(ClientAddress::counted)
                .orElse(bare);
    }

    private static String counted(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
                : address.getHostAddress();
    }
}
