package org.everytake.call;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address by which peers reach us through a NAT that forwards the ports unchanged (NAT 1:1).
 *
 * @param local the address of this machine in whose place it is told; null for all of them
 */
public record PublicAddress(InetAddress address, @Nullable InetAddress local) {
    /** In place of all of this machine's. */
    public static PublicAddress of(InetAddress address) {
        return new PublicAddress(address, null);
    }
}
