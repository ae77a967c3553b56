package org.everytake.call.transport;

import java.time.Duration;
import java.util.Arrays;
import org.everytake.call.TransportAddress;

/**
 * How many messages of each address could not be authenticated within the present second. Beyond a bound the rest of them
 * is not even looked at. Addresses share a fixed number of counters, by a secret spread, so that a flood from many of them
 * costs no memory; networks of IPv6 count as one (RFC 4291, section 2.5.4). Owned by the loop; nothing is allocated.
 */
final class Failures {
    /** A class behind one router whose server has restarted sends some hundred checks that nobody knows any more. */
    static final int MOST_PER_SECOND = 200;

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    /** A power of two. */
    private static final int COUNTERS = 4_096;

    private final int secret;
    private final int[] counters = new int[COUNTERS];
    private long endNanos;

    /**
     * @param secret random
     */
    Failures(int secret, long nowNanos) {
        this.secret = secret;
        this.endNanos = nowNanos + SECOND_NANOS;
    }

    boolean areTooMany(TransportAddress from, long nowNanos) {
        if (nowNanos - endNanos >= 0) {
            Arrays.fill(counters, 0);
            endNanos = nowNanos + SECOND_NANOS;
        }
        return counters[slot(from)] >= MOST_PER_SECOND;
    }

    void count(TransportAddress from) {
        counters[slot(from)]++;
    }

    private int slot(TransportAddress from) {
        long network = from.high() == 0 ? from.low() : from.high();
        return TransportAddress.hash(network, network, secret) & (COUNTERS - 1);
    }
}
