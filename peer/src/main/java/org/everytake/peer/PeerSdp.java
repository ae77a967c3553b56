package org.everytake.peer;

import java.util.List;
import org.everytake.peer.transport.Connection;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.sdp.Group;
import org.everytake.wire.sdp.IceCandidate;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.Origin;
import org.everytake.wire.sdp.RawAttribute;
import org.everytake.wire.sdp.SdpAttribute;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;

/** What the offers and answers of a peer have in common: one bundled transport, as a browser describes it. Pure. */
final class PeerSdp {
    static final String RTX = "rtx";
    static final String RED = "red";

    private final Connection connection;
    private final Fingerprint fingerprint;
    private final long sessionId;

    PeerSdp(Connection connection, Fingerprint fingerprint, long sessionId) {
        this.connection = connection;
        this.fingerprint = fingerprint;
        this.sessionId = sessionId;
    }

    SessionDescription session(List<MediaDescription> media, List<String> bundled) {
        return new SessionDescription(
                Origin.of(sessionId, 1),
                "-",
                List.of(),
                List.of(new Group(Group.BUNDLE, bundled), RawAttribute.MSID_SEMANTIC),
                media);
    }

    List<SdpAttribute> transport(String mid, Setup setup) {
        var address = connection.localAddress();
        return List.of(
                IceCandidate.host(
                        "1",
                        IceCandidate.priority(126, 65_535, 1),
                        address.getAddress().getHostAddress(),
                        address.getPort()),
                RawAttribute.END_OF_CANDIDATES,
                RawAttribute.iceUfrag(connection.ufrag()),
                RawAttribute.icePwd(connection.password()),
                fingerprint,
                setup,
                RawAttribute.mid(mid),
                RawAttribute.RTCP_MUX,
                RawAttribute.RTCP_RSIZE);
    }

    static String midOf(MediaDescription section) {
        String mid = section.mid();
        return mid == null ? "" : mid;
    }
}
