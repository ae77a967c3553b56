package org.everytake.call.transport;

import org.everytake.call.TransportAddress;

/** An address of a peer that STUN has proved, and when something authentic last came from it. Owned by the loop. */
final class IcePath {
    final TransportAddress address;
    long heardNanos;

    IcePath(TransportAddress address) {
        this.address = address;
    }
}
