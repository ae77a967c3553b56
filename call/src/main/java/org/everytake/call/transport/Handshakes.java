package org.everytake.call.transport;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * DTLS handshakes under way, of which there may be so many in all, and so many with one address. Who is too many is let
 * in with a later check, which comes by itself. Owned by the loop.
 */
final class Handshakes {
    /** Each keeps some kilobytes, and a peer that says nothing keeps them for a while. */
    static final int MOST = 256;

    /** A class behind one router that comes all at once has to wait for processors anyway. */
    static final int MOST_PER_ADDRESS = 64;

    private final Map<InetAddress, Integer> underWay = new HashMap<>();
    private int all;

    /** False if there are too many; else {@link #end} must follow. */
    boolean begin(InetAddress with) {
        int those = underWay.getOrDefault(with, 0);
        if (all == MOST || those == MOST_PER_ADDRESS) {
            return false;
        }
        underWay.put(with, those + 1);
        all++;
        return true;
    }

    boolean isEmpty() {
        return all == 0;
    }

    void end(InetAddress with) {
        underWay.computeIfPresent(with, (address, those) -> those == 1 ? null : those - 1);
        all--;
    }
}
