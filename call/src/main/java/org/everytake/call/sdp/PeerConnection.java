package org.everytake.call.sdp;

import java.util.List;
import org.everytake.wire.sdp.Fingerprint;

/** ICE and DTLS of a peer, from its SDP. */
public record PeerConnection(String ufrag, List<Fingerprint> fingerprints) {
    public PeerConnection {
        fingerprints = List.copyOf(fingerprints);
    }
}
