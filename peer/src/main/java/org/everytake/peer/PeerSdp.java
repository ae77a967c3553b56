package org.everytake.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.everytake.peer.media.Subscription;
import org.everytake.peer.transport.Connection;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.Group;
import org.everytake.wire.sdp.IceCandidate;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.MediaDirection;
import org.everytake.wire.sdp.Msid;
import org.everytake.wire.sdp.Origin;
import org.everytake.wire.sdp.RawAttribute;
import org.everytake.wire.sdp.RtcpFeedback;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.sdp.SdpAttribute;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;
import org.everytake.wire.sdp.SsrcAttribute;

/** Offers and answers as a browser would make them, with Opus and VP8. Pure. */
final class PeerSdp {
    static final String AUDIO_MID = "0";
    static final String VIDEO_MID = "1";
    static final int OPUS = 111;
    static final int VP8 = 96;
    private static final int MID_EXTENSION = 4;

    private final Connection connection;
    private final Fingerprint fingerprint;
    private final long sessionId;

    PeerSdp(Connection connection, Fingerprint fingerprint, long sessionId) {
        this.connection = connection;
        this.fingerprint = fingerprint;
        this.sessionId = sessionId;
    }

    /**
     * An offer to send.
     *
     * @param audioSsrc -1 for no audio
     * @param videoSsrc -1 for no video
     */
    String offer(long audioSsrc, long videoSsrc, String cname) {
        List<MediaDescription> media = new ArrayList<>();
        if (audioSsrc >= 0) {
            List<SdpAttribute> attributes = new ArrayList<>(transport(AUDIO_MID, Setup.ACTPASS));
            attributes.addAll(List.of(
                    new RtpMap(OPUS, "opus", 48_000, 2),
                    new RtcpFeedback(OPUS, RtcpFeedback.NACK),
                    new Fmtp(OPUS, "minptime=10;useinbandfec=1")));
            attributes.addAll(source(audioSsrc, cname, "audio"));
            media.add(MediaDescription.rtp(MediaDescription.AUDIO, List.of(OPUS), attributes));
        }
        if (videoSsrc >= 0) {
            List<SdpAttribute> attributes = new ArrayList<>(transport(VIDEO_MID, Setup.ACTPASS));
            attributes.addAll(List.of(
                    new RtpMap(VP8, "VP8", 90_000, 1),
                    new RtcpFeedback(VP8, RtcpFeedback.CCM_FIR),
                    new RtcpFeedback(VP8, RtcpFeedback.NACK),
                    new RtcpFeedback(VP8, RtcpFeedback.NACK_PLI)));
            attributes.addAll(source(videoSsrc, cname, "video"));
            media.add(MediaDescription.rtp(MediaDescription.VIDEO, List.of(VP8), attributes));
        }
        return session(media, media.stream().map(PeerSdp::midOf).toList()).print();
    }

    /** The header extensions that an answer takes for a section that was offered; empty if it refuses the section. */
    static List<HeaderExtension> taken(SessionDescription answer, String mid) {
        MediaDescription section = answer.media(mid);
        int id = section == null || section.port() == 0 ? -1 : section.extensionId(ExtMap.MID);
        return id < 0 ? List.of() : List.of(HeaderExtension.text(id, mid));
    }

    /** The answer that takes all Opus and VP8 that is offered. */
    String answer(SessionDescription offer) {
        List<MediaDescription> media = new ArrayList<>();
        List<String> bundled = new ArrayList<>();
        for (MediaDescription section : offer.media()) {
            Map<Integer, RtpMap> codecs = section.rtpMaps();
            codecs.values().removeIf(map -> !map.is("opus") && !map.is("VP8"));
            if (section.port() == 0 || section.mid() == null || codecs.isEmpty()) {
                media.add(section.refused());
                continue;
            }
            bundled.add(midOf(section));
            media.add(answer(section, codecs));
        }
        return session(media, bundled).print();
    }

    private MediaDescription answer(MediaDescription section, Map<Integer, RtpMap> codecs) {
        List<SdpAttribute> attributes = new ArrayList<>(transport(midOf(section), Setup.ACTIVE));
        attributes.removeIf(attribute -> attribute instanceof ExtMap || attribute instanceof MediaDirection);
        attributes.add(section.direction().sends() ? MediaDirection.RECVONLY : MediaDirection.INACTIVE);
        int midExtension = section.extensionId(ExtMap.MID);
        if (midExtension >= 0) {
            attributes.add(new ExtMap(midExtension, ExtMap.MID));
        }
        for (SdpAttribute attribute : section.attributes()) {
            boolean keep = switch (attribute) {
                case RtpMap map -> codecs.containsKey(map.payloadType());
                case Fmtp fmtp -> codecs.containsKey(fmtp.payloadType());
                case RtcpFeedback feedback -> codecs.containsKey(feedback.payloadType());
                default -> false;
            };
            if (keep) {
                attributes.add(attribute);
            }
        }
        return MediaDescription.rtp(section.kind(), List.copyOf(codecs.keySet()), attributes);
    }

    /** What an offer lets through. */
    static List<Subscription.Section> sections(SessionDescription offer) throws Malformed {
        List<Subscription.Section> sections = new ArrayList<>();
        for (MediaDescription section : offer.media()) {
            if (section.port() != 0
                    && section.mid() != null
                    && section.direction().sends()) {
                sections.add(new Subscription.Section(
                        midOf(section),
                        section.kind().equals(MediaDescription.VIDEO),
                        section.all(RtcpFeedback.class).stream()
                                .anyMatch(f -> f.feedback().equals(RtcpFeedback.NACK)),
                        List.copyOf(section.rtpMaps().keySet()),
                        section.extensionId(ExtMap.MID),
                        section.ssrcs()));
            }
        }
        return sections;
    }

    private SessionDescription session(List<MediaDescription> media, List<String> bundled) {
        return new SessionDescription(
                Origin.of(sessionId, 1),
                "-",
                List.of(),
                List.of(new Group(Group.BUNDLE, bundled), RawAttribute.MSID_SEMANTIC),
                media);
    }

    private List<SdpAttribute> transport(String mid, Setup setup) {
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
                new ExtMap(MID_EXTENSION, ExtMap.MID),
                MediaDirection.SENDONLY,
                RawAttribute.RTCP_MUX,
                RawAttribute.RTCP_RSIZE);
    }

    private static List<SdpAttribute> source(long ssrc, String cname, String track) {
        return List.of(new Msid(cname, track), new SsrcAttribute(ssrc, "cname", cname));
    }

    private static String midOf(MediaDescription section) {
        String mid = section.mid();
        return mid == null ? "" : mid;
    }
}
