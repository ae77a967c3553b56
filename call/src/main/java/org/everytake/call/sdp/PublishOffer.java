package org.everytake.call.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.everytake.call.Codec;
import org.everytake.call.Refused;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.MediaDirection;
import org.everytake.wire.sdp.Origin;
import org.everytake.wire.sdp.Rid;
import org.everytake.wire.sdp.RtcpFeedback;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.sdp.SdpAttribute;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;
import org.everytake.wire.sdp.Simulcast;
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
     * @param rids of the simulcast layers (RFC 8853); empty if there is but one
     */
    public record Section(
            String mid,
            boolean video,
            boolean sends,
            List<Codec> codecs,
            Map<Integer, String> headerExtensions,
            Set<Long> ssrcs,
            List<String> rids,
            Repair repair) {
        public Section {
            codecs = List.copyOf(codecs);
            headerExtensions = Map.copyOf(headerExtensions);
            ssrcs = Set.copyOf(ssrcs);
            rids = List.copyOf(rids);
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

    /**
     * How what is lost of a section can be had again.
     *
     * @param nack whether lost packets may be asked for
     * @param fullIntra whether key frames are asked for by FIR, because the peer does not take PLI
     * @param payloadTypes of retransmissions (RFC 4588), to those that they repeat; empty if packets come again as they
     *     were
     * @param ssrcs of retransmissions to those that they repeat, as far as they are signalled
     */
    public record Repair(boolean nack, boolean fullIntra, Map<Integer, Integer> payloadTypes, Map<Long, Long> ssrcs) {
        public static final Repair NONE = new Repair(false, false, Map.of(), Map.of());

        public Repair {
            payloadTypes = Map.copyOf(payloadTypes);
            ssrcs = Map.copyOf(ssrcs);
        }
    }

    /** Of one person: each becomes a section of everybody else's subscription. */
    private static final int MOST_SOURCES = 16;

    private static final int MOST_LAYERS = 4;

    /** RFC 8851, section 10; more than 16 characters would not fit into a one-byte header extension. */
    private static final Pattern RID = Pattern.compile("[A-Za-z0-9_-]{1,16}");

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
            throw Sdp.unsupported("it has no codec that is known here");
        }
        return new PublishOffer(sdp, peer, sections);
    }

    private static boolean isRefused(MediaDescription media) {
        return media.port() == 0 && !media.has("bundle-only");
    }

    private static Section section(String mid, MediaDescription media, List<Codec> codecs) throws Refused {
        Map<Integer, String> extensions = new HashMap<>();
        Codecs.extensions(media).forEach(ext -> extensions.put(ext.id(), ext.uri()));
        Set<Long> ssrcs = new HashSet<>(media.ssrcs());
        Map<Long, Long> repairs = new HashMap<>();
        for (SsrcGroup group : media.all(SsrcGroup.class)) {
            if (group.semantics().equals("FID") || group.semantics().equals("FEC-FR")) {
                group.ssrcs().stream().skip(1).forEach(ssrcs::remove);
            }
            if (group.semantics().equals("FID") && group.ssrcs().size() == 2) {
                repairs.put(group.ssrcs().getLast(), group.ssrcs().getFirst());
            }
        }
        return new Section(
                mid,
                media.kind().equals(MediaDescription.VIDEO),
                media.direction().sends(),
                codecs,
                extensions,
                ssrcs,
                rids(media),
                new Repair(
                        takes(media, codecs, RtcpFeedback.NACK),
                        takes(media, codecs, RtcpFeedback.CCM_FIR) && !takes(media, codecs, RtcpFeedback.NACK_PLI),
                        Codecs.retransmissions(media, codecs),
                        repairs));
    }

    private static boolean takes(MediaDescription media, List<Codec> codecs, String feedback) {
        return codecs.stream().anyMatch(codec -> Codecs.feedback(media, codec).contains(feedback));
    }

    /** Of each layer the first alternative; {@code ~} in front of one says that it is paused. */
    private static List<String> rids(MediaDescription media) throws Refused {
        Simulcast simulcast = media.first(Simulcast.class);
        if (simulcast == null) {
            return List.of();
        }
        List<String> rids = simulcast.send().stream()
                .map(alternatives -> alternatives.split(",", 2)[0].replace("~", ""))
                .distinct()
                .toList();
        if (rids.size() > MOST_LAYERS) {
            throw Sdp.unsupported("more than " + MOST_LAYERS + " simulcast layers");
        }
        for (String rid : rids) {
            if (!RID.matcher(rid).matches()) {
                throw Sdp.unsupported("a simulcast layer has no proper name");
            }
        }
        return rids;
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
                        Sdp.session(sdp, bundled),
                        media)
                .print();
    }

    private static MediaDescription answer(MediaDescription offered, String mid, LocalConnection local, boolean first) {
        List<SdpAttribute> attributes = Sdp.answer(offered, local, mid, first);
        attributes.add(offered.direction().sends() ? MediaDirection.RECVONLY : MediaDirection.INACTIVE);
        for (ExtMap extension : Codecs.extensions(offered)) {
            attributes.add(new ExtMap(extension.id(), extension.uri()));
        }
        List<Codec> codecs = Codecs.common(offered);
        List<Integer> payloadTypes = new ArrayList<>();
        for (Codec codec : codecs) {
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
        Codecs.retransmissions(offered, codecs).forEach((retransmission, repeated) -> {
            payloadTypes.add(retransmission);
            attributes.add(Objects.requireNonNull(offered.rtpMaps().get(retransmission)));
            attributes.add(new Fmtp(retransmission, "apt=" + repeated));
        });
        simulcast(offered, attributes);
        return MediaDescription.rtp(offered.kind(), payloadTypes, attributes);
    }

    /** We take every layer that is offered. */
    private static void simulcast(MediaDescription offered, List<SdpAttribute> attributes) {
        Simulcast simulcast = offered.first(Simulcast.class);
        if (simulcast == null || simulcast.send().isEmpty()) {
            return;
        }
        for (Rid rid : offered.all(Rid.class)) {
            if (rid.direction().equals("send")) {
                attributes.add(new Rid(rid.id(), "recv", ""));
            }
        }
        List<String> layers =
                simulcast.send().stream().map(layer -> layer.replace("~", "")).toList();
        attributes.add(new Simulcast(List.of(), layers));
    }
}
