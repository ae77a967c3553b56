package org.everytake.call.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.call.Codec;
import org.everytake.call.Refused;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.Group;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.MediaDirection;
import org.everytake.wire.sdp.Origin;
import org.everytake.wire.sdp.RawAttribute;
import org.everytake.wire.sdp.RtcpFeedback;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.sdp.SdpAttribute;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;
import org.everytake.wire.sdp.SsrcGroup;

/**
 * What a person offers to send, and the answer to it. Immutable.
 *
 * @param sections those that we take, active or not
 */
public record PublishOffer(SessionDescription sdp, PeerConnection peer, List<Section> sections) {
    /**
     * A media section that we take.
     *
     * @param sends whether the peer wants to send on it now
     * @param ssrcs those of media, without those of retransmission
     * @param nack whether lost packets may be asked for again
     */
    public record Section(
            String mid,
            boolean video,
            boolean sends,
            List<Codec> codecs,
            Map<Integer, String> headerExtensions,
            Set<Long> ssrcs,
            boolean nack) {
        public Section {
            codecs = List.copyOf(codecs);
            headerExtensions = Map.copyOf(headerExtensions);
            ssrcs = Set.copyOf(ssrcs);
        }

        /** The id of a header extension, or 0, which no packet has. */
        public int extensionId(String uri) {
            for (Map.Entry<Integer, String> extension : headerExtensions.entrySet()) {
                if (extension.getValue().equals(uri)) {
                    return extension.getKey();
                }
            }
            return 0;
        }
    }

    /** Of one person: each becomes a section of everybody else's subscription. */
    private static final int MOST_SOURCES = 16;

    public PublishOffer {
        sections = List.copyOf(sections);
    }

    /**
     * @throws Refused {@code malformed-sdp} or {@code unsupported-sdp}
     */
    public static PublishOffer parse(String offer) throws Refused {
        SessionDescription sdp = Sdp.parse(offer);
        List<String> bundle = sdp.bundle();
        List<Section> sections = new ArrayList<>();
        PeerConnection peer = null;
        Set<String> mids = new HashSet<>();
        for (MediaDescription media : sdp.media()) {
            String mid = media.mid();
            if (mid == null || !mids.add(mid) || mid.isEmpty() || mid.length() > 16) {
                throw Sdp.unsupported("each media section needs a mid of its own");
            }
            List<Codec> codecs = Codecs.common(media);
            if (!Sdp.isOurs(media) || isRefused(media) || codecs.isEmpty()) {
                continue;
            }
            if (!bundle.contains(mid)) {
                throw Sdp.unsupported("all media must be bundled");
            }
            if (peer == null) {
                peer = Sdp.peer(sdp, media, Setup.ACTIVE, Setup.ACTPASS);
            }
            if (sections.size() >= MOST_SOURCES) {
                throw Sdp.unsupported("more than " + MOST_SOURCES + " sources");
            }
            sections.add(section(mid, media, codecs));
        }
        if (peer == null) {
            throw Sdp.unsupported("it has neither Opus audio nor VP8 video");
        }
        return new PublishOffer(sdp, peer, sections);
    }

    private static boolean isRefused(MediaDescription media) {
        return media.port() == 0 && !media.has("bundle-only");
    }

    private static Section section(String mid, MediaDescription media, List<Codec> codecs) {
        Map<Integer, String> extensions = new HashMap<>();
        Codecs.extensions(media).forEach(ext -> extensions.put(ext.id(), ext.uri()));
        Set<Long> ssrcs = new HashSet<>(media.ssrcs());
        for (SsrcGroup group : media.all(SsrcGroup.class)) {
            if (group.semantics().equals("FID") || group.semantics().equals("FEC-FR")) {
                group.ssrcs().stream().skip(1).forEach(ssrcs::remove);
            }
        }
        boolean nack =
                codecs.stream().anyMatch(codec -> Codecs.feedback(media, codec).contains(RtcpFeedback.NACK));
        return new Section(
                mid,
                media.kind().equals(MediaDescription.VIDEO),
                media.direction().sends(),
                codecs,
                extensions,
                ssrcs,
                nack);
    }

    /** The answer: we receive what we can, and refuse the rest. */
    public String answer(LocalConnection local) {
        Set<String> taken = new HashSet<>();
        sections.forEach(section -> taken.add(section.mid()));
        List<String> bundled = new ArrayList<>();
        List<MediaDescription> media = new ArrayList<>();
        for (MediaDescription offered : sdp.media()) {
            String mid = offered.mid();
            if (mid != null && taken.contains(mid)) {
                media.add(answer(offered, mid, local, bundled.isEmpty()));
                bundled.add(mid);
            } else {
                media.add(offered.refused());
            }
        }
        return new SessionDescription(
                        Origin.of(local.sessionId(), sdp.origin().sessionVersion()),
                        "-",
                        List.of(),
                        List.of(RawAttribute.ICE_LITE, new Group(Group.BUNDLE, bundled)),
                        media)
                .print();
    }

    private static MediaDescription answer(MediaDescription offered, String mid, LocalConnection local, boolean first) {
        List<SdpAttribute> attributes = Sdp.transport(local, mid, Setup.PASSIVE, first);
        attributes.add(offered.direction().sends() ? MediaDirection.RECVONLY : MediaDirection.INACTIVE);
        for (ExtMap extension : Codecs.extensions(offered)) {
            attributes.add(new ExtMap(extension.id(), extension.uri()));
        }
        List<Integer> payloadTypes = new ArrayList<>();
        for (Codec codec : Codecs.common(offered)) {
            payloadTypes.add(codec.payloadType());
            attributes.add(
                    new RtpMap(codec.payloadType(), codec.name(), codec.clockRate(), Math.max(1, codec.channels())));
            if (!codec.fmtp().isEmpty()) {
                attributes.add(new Fmtp(codec.payloadType(), codec.fmtp()));
            }
            for (String feedback : Codecs.feedback(offered, codec)) {
                attributes.add(new RtcpFeedback(codec.payloadType(), feedback));
            }
        }
        return MediaDescription.rtp(offered.kind(), payloadTypes, attributes);
    }
}
