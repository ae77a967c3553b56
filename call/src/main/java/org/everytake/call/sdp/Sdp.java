package org.everytake.call.sdp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.everytake.call.Refused;
import org.everytake.call.TransportAddress;
import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.sdp.Group;
import org.everytake.wire.sdp.IceCandidate;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.RawAttribute;
import org.everytake.wire.sdp.SdpAttribute;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;

/** What offers and answers have in common. */
final class Sdp {
    /** RFC 8445, section 5.1.2.1. */
    private static final int HOST = 126;

    /** RFC 6544, section 4.2: below every UDP candidate. */
    private static final int TCP_HOST = 90;

    /** RFC 6544, section 4.2: the direction preference of passive candidates, in the upper three bits. */
    private static final int PASSIVE = 4 << 13;

    private static final int MOST_OTHER_PREFERENCE = (1 << 13) - 1;

    /** More would not fit into a message of the room's protocol. */
    static final int MOST_SECTIONS = 128;

    private Sdp() {}

    static SessionDescription parse(String sdp) throws Refused {
        try {
            SessionDescription parsed = SessionDescription.parse(sdp);
            if (parsed.media().size() > MOST_SECTIONS) {
                throw unsupported("more than " + MOST_SECTIONS + " media sections");
            }
            return parsed;
        } catch (Malformed e) {
            throw new Refused("malformed-sdp", "The SDP cannot be read: " + e.getMessage());
        }
    }

    static Refused unsupported(String why) {
        return new Refused("unsupported-sdp", "The SDP cannot be used: " + why + ".");
    }

    /** ICE and DTLS of the peer, which a bundle has once for all sections. */
    static PeerConnection peer(SessionDescription sdp, MediaDescription section, Setup... accepted) throws Refused {
        String ufrag = sdp.iceUfrag(section);
        if (ufrag == null || ufrag.length() < 4 || ufrag.length() > 256 || sdp.icePwd(section) == null) {
            throw unsupported("no ICE user name and password");
        }
        List<Fingerprint> fingerprints = sdp.fingerprints(section).stream()
                .filter(fingerprint -> fingerprint.hash().equals("sha-256"))
                .toList();
        if (fingerprints.isEmpty()) {
            throw unsupported("no SHA-256 fingerprint");
        }
        Setup setup = sdp.setup(section);
        for (Setup one : accepted) {
            if (one == setup) {
                return new PeerConnection(ufrag, fingerprints);
            }
        }
        throw unsupported("the peer must be the DTLS client");
    }

    /** Whether a section is RTP with multiplexed RTCP over DTLS, which is all that we speak. */
    static boolean isOurs(MediaDescription section) {
        return section.protocol().equals(MediaDescription.DTLS_SRTP)
                && section.has("rtcp-mux")
                && (section.kind().equals(MediaDescription.AUDIO)
                        || section.kind().equals(MediaDescription.VIDEO));
    }

    /** The attributes of an answer as a whole. */
    static List<SdpAttribute> session(SessionDescription offer, List<String> bundled) {
        List<SdpAttribute> attributes = new ArrayList<>();
        attributes.add(RawAttribute.ICE_LITE);
        attributes.add(new Group(Group.BUNDLE, bundled));
        if (offer.has(RawAttribute.EXTMAP_ALLOW_MIXED.key())) {
            attributes.add(RawAttribute.EXTMAP_ALLOW_MIXED);
        }
        return attributes;
    }

    /**
     * The attributes with which each of our sections begins.
     *
     * @param first of the bundle: only that one names candidates (RFC 8839, section 4.2.1.2)
     */
    static List<SdpAttribute> transport(LocalConnection local, String mid, Setup setup, boolean first) {
        List<SdpAttribute> attributes = new ArrayList<>();
        attributes.add(RawAttribute.mid(mid));
        attributes.add(RawAttribute.iceUfrag(local.ufrag()));
        attributes.add(RawAttribute.icePwd(local.password()));
        attributes.add(local.fingerprint());
        attributes.add(setup);
        attributes.add(RawAttribute.RTCP_MUX);
        attributes.add(RawAttribute.RTCP_RSIZE);
        if (first) {
            candidates(local, attributes);
        }
        return attributes;
    }

    /**
     * The attributes with which each section of an answer to a DTLS client begins. Who has nothing but one port for RTP
     * and RTCP (RFC 8858), as all that comes by WHIP and WHEP, hears it confirmed.
     */
    static List<SdpAttribute> answer(MediaDescription offered, LocalConnection local, String mid, boolean first) {
        List<SdpAttribute> attributes = transport(local, mid, Setup.PASSIVE, first);
        if (offered.has(RawAttribute.RTCP_MUX_ONLY.key())) {
            attributes.add(attributes.indexOf(RawAttribute.RTCP_MUX) + 1, RawAttribute.RTCP_MUX_ONLY);
        }
        return attributes;
    }

    private static void candidates(LocalConnection local, List<SdpAttribute> attributes) {
        int place = 0;
        for (TransportAddress candidate : local.candidates()) {
            String foundation = Integer.toString(place + 1);
            String address = text(candidate.address());
            long priority = candidate.isTcp()
                    ? IceCandidate.priority(TCP_HOST, PASSIVE + MOST_OTHER_PREFERENCE - place, 1)
                    : IceCandidate.priority(HOST, 65_535 - place, 1);
            attributes.add(
                    candidate.isTcp()
                            ? IceCandidate.tcpHost(
                                    foundation, priority, address, candidate.port(), IceCandidate.PASSIVE)
                            : IceCandidate.host(foundation, priority, address, candidate.port()));
            place++;
        }
        attributes.add(RawAttribute.END_OF_CANDIDATES);
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return address instanceof Inet6Address && zone >= 0 ? text.substring(0, zone) : text;
    }
}
