package org.everytake.peer.transport;

import java.util.List;
import org.everytake.call.dtls.DtlsRole;
import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.sdp.IceCandidate;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;

/**
 * What the other side's SDP says about its end of the one, bundled, transport.
 *
 * @param role ours in DTLS
 */
public record Remote(
        String ufrag, String password, List<IceCandidate> candidates, List<Fingerprint> fingerprints, DtlsRole role) {

    /** From the first media section that is not refused. */
    public static Remote of(SessionDescription description) throws Malformed {
        for (MediaDescription section : description.media()) {
            if (section.port() == 0) {
                continue;
            }
            String ufrag = description.iceUfrag(section);
            String password = description.icePwd(section);
            List<Fingerprint> fingerprints = description.fingerprints(section);
            if (ufrag == null || password == null || password.isEmpty() || fingerprints.isEmpty()) {
                throw new Malformed("SDP", 0, "no ICE credentials or no fingerprint");
            }
            // Who answers actpass chooses active; who is answered passive is active, too (RFC 8842).
            DtlsRole role = description.setup(section) == Setup.ACTIVE ? DtlsRole.SERVER : DtlsRole.CLIENT;
            return new Remote(ufrag, password, section.all(IceCandidate.class), fingerprints, role);
        }
        throw new Malformed("SDP", 0, "every media section is refused");
    }

    /** Whether it is another end of the transport, or only another description of the same. */
    public boolean sameTransport(Remote other) {
        return ufrag.equals(other.ufrag) && fingerprints.equals(other.fingerprints);
    }
}
