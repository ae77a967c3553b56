package org.everytake.call.sdp;

import java.util.List;
import org.everytake.call.TransportAddress;
import org.everytake.wire.sdp.Fingerprint;

/** ICE and DTLS of ours, for an SDP. */
public record LocalConnection(
        long sessionId, String ufrag, String password, Fingerprint fingerprint, List<TransportAddress> candidates) {
    public LocalConnection {
        candidates = List.copyOf(candidates);
    }
}
