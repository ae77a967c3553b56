package org.everytake.call.transport;

import java.util.List;
import org.everytake.call.TransportAddress;

/**
 * What all connections of a port share.
 *
 * @param candidates where peers may reach us, best first
 * @param pathTimeoutNanos after which silence a connection is lost
 */
public record TransportOptions(List<TransportAddress> candidates, long pathTimeoutNanos) {
    /** Of publishing peers: audio, video, screen, and some that came and went. */
    static final int INBOUND_SOURCES = 32;

    /** Of a subscriber: two for each of the others, and some that came and went. */
    static final int OUTBOUND_SOURCES = 1_024;

    public TransportOptions {
        candidates = List.copyOf(candidates);
    }
}
