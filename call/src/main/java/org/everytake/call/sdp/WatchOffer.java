package org.everytake.call.sdp;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.everytake.call.Codec;
import org.everytake.call.Refused;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.MediaDirection;
import org.everytake.wire.sdp.Msid;
import org.everytake.wire.sdp.Origin;
import org.everytake.wire.sdp.RtcpFeedback;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.sdp.SdpAttribute;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;
import org.everytake.wire.sdp.SsrcAttribute;
import org.everytake.wire.sdp.SsrcGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer offers to receive: one sound, one picture, or both; and the answer to it. Payload types and ids of
 * header extensions are the viewer's (RFC 3264, section 6.1). Immutable.
 */
public record WatchOffer(SessionDescription sdp, PeerConnection peer, List<Section> sections) {
    /** Streams are sent of one clock, under one name. */
    private static final String NAME = "everytake";

    /** In the order of the ids of ours. */
    private static final List<String> EXTENSIONS = List.of(
            ExtMap.MID,
            ExtMap.TRANSPORT_CC,
            ExtMap.AUDIO_LEVEL,
            ExtMap.VIDEO_ORIENTATION,
            ExtMap.DEPENDENCY_DESCRIPTOR);

    /**
     * A media section on which we send.
     *
     * @param payloadTypes theirs, by codec
     * @param retransmissionPayloadTypes theirs, by the codec that is sent again (RFC 4588)
     * @param extensions theirs, by ours
     */
    public record Section(
            String mid,
            boolean video,
            Map<SupportedCodec, Integer> payloadTypes,
            Map<SupportedCodec, Integer> retransmissionPayloadTypes,
            Map<Integer, Integer> extensions) {
        public Section {
            payloadTypes = Map.copyOf(payloadTypes);
            retransmissionPayloadTypes = Map.copyOf(retransmissionPayloadTypes);
            extensions = Map.copyOf(extensions);
        }

        /** Whether retransmissions go as a stream of their own, whatever is sent. */
        public boolean repair() {
            return video && retransmissionPayloadTypes.keySet().containsAll(payloadTypes.keySet());
        }
    }

    /** The SSRCs of what is sent on a section. */
    public record Ssrcs(long media, long retransmission) {}

    public WatchOffer {
        sections = List.copyOf(sections);
    }

    /**
     * @throws Refused {@code malformed-sdp} or {@code unsupported-sdp}
     */
    public static WatchOffer parse(String offer) throws Refused {
        SessionDescription sdp = Sdp.parse(offer);
        List<String> bundle = sdp.bundle();
        List<Section> sections = new ArrayList<>();
        PeerConnection peer = null;
        Set<String> kinds = new HashSet<>();
        for (MediaDescription media : sdp.media()) {
            String mid = media.mid();
            if (mid == null || mid.isEmpty() || mid.length() > 16 || !bundle.contains(mid)) {
                throw Sdp.unsupported("each media section needs a mid, and all must be bundled");
            }
            Section section = section(sdp, mid, media);
            if (!Sdp.isOurs(media)
                    || !media.direction().receives()
                    || section.payloadTypes().isEmpty()) {
                throw Sdp.unsupported("of section " + mid + " nothing is known here that it wants to receive");
            }
            if (!kinds.add(media.kind())) {
                throw Sdp.unsupported("more than one section of " + media.kind());
            }
            if (peer == null) {
                peer = Sdp.peer(sdp, media, Setup.ACTIVE, Setup.ACTPASS);
            }
            sections.add(section);
        }
        if (peer == null) {
            throw Sdp.unsupported("it has no media");
        }
        return new WatchOffer(sdp, peer, sections);
    }

    private static Section section(SessionDescription sdp, String mid, MediaDescription media) {
        Map<SupportedCodec, Integer> payloadTypes = new EnumMap<>(SupportedCodec.class);
        Map<SupportedCodec, Integer> retransmissions = new EnumMap<>(SupportedCodec.class);
        List<Codec> codecs = Codecs.common(media);
        for (Codec codec : codecs) {
            SupportedCodec supported = Objects.requireNonNull(SupportedCodec.named(codec.name()));
            // RED names the payload type of what is in it, which is ours; as Opus its sound comes all the same.
            if (supported != SupportedCodec.RED) {
                payloadTypes.putIfAbsent(supported, codec.payloadType());
            }
        }
        Codecs.retransmissions(media, codecs)
                .forEach((retransmission, repeated) -> payloadTypes.forEach((codec, payloadType) -> {
                    if (payloadType.equals(repeated)) {
                        retransmissions.put(codec, retransmission);
                    }
                }));
        boolean video = media.kind().equals(MediaDescription.VIDEO);
        return new Section(mid, video, payloadTypes, retransmissions, extensions(sdp, media, video));
    }

    private static Map<Integer, Integer> extensions(SessionDescription sdp, MediaDescription media, boolean video) {
        var extensions = new HashMap<Integer, Integer>();
        for (ExtMap theirs : Codecs.taken(sdp, media)) {
            int ours = EXTENSIONS.indexOf(theirs.uri()) + 1;
            int ofTheOtherKind =
                    video ? SubscribeOffer.AUDIO_LEVEL_EXTENSION : SubscribeOffer.VIDEO_ORIENTATION_EXTENSION;
            if (ours > 0 && ours != ofTheOtherKind) {
                extensions.put(ours, theirs.id());
            }
        }
        return extensions;
    }

    /**
     * The answer: we send on each section.
     *
     * @param ssrcs in the order of {@link #sections}
     */
    public String answer(LocalConnection local, List<Ssrcs> ssrcs) {
        List<MediaDescription> media = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            media.add(answer(sdp.media().get(i), sections.get(i), local, ssrcs.get(i), i == 0));
        }
        List<String> mids = sections.stream().map(Section::mid).toList();
        return new SessionDescription(
                        Origin.of(local.sessionId(), sdp.origin().sessionVersion()),
                        "-",
                        List.of(),
                        Sdp.session(sdp, mids),
                        media)
                .print();
    }

    private static MediaDescription answer(
            MediaDescription offered, Section section, LocalConnection local, Ssrcs ssrcs, boolean first) {
        List<SdpAttribute> attributes = Sdp.answer(offered, local, section.mid(), first);
        attributes.add(MediaDirection.SENDONLY);
        section.extensions().forEach((ours, theirs) -> attributes.add(new ExtMap(theirs, EXTENSIONS.get(ours - 1))));
        List<Integer> payloadTypes = new ArrayList<>();
        for (Codec codec : Codecs.common(offered)) {
            SupportedCodec supported = SupportedCodec.named(codec.name());
            if (!Objects.equals(section.payloadTypes().get(supported), codec.payloadType())) {
                continue;
            }
            describe(offered, codec, section.retransmissionPayloadTypes().get(supported), payloadTypes, attributes);
        }
        attributes.add(new Msid(NAME, offered.kind()));
        if (section.repair()) {
            attributes.add(new SsrcGroup("FID", List.of(ssrcs.media(), ssrcs.retransmission())));
            attributes.add(new SsrcAttribute(ssrcs.retransmission(), "cname", NAME));
        }
        attributes.add(new SsrcAttribute(ssrcs.media(), "cname", NAME));
        return MediaDescription.rtp(offered.kind(), payloadTypes, attributes);
    }

    private static void describe(
            MediaDescription offered,
            Codec codec,
            @Nullable Integer retransmission,
            List<Integer> payloadTypes,
            List<SdpAttribute> attributes) {
        int payloadType = codec.payloadType();
        payloadTypes.add(payloadType);
        attributes.add(new RtpMap(payloadType, codec.name(), codec.clockRate(), Math.max(1, codec.channels())));
        if (!codec.fmtp().isEmpty()) {
            attributes.add(new Fmtp(payloadType, codec.fmtp()));
        }
        for (String feedback : Codecs.feedback(offered, codec)) {
            attributes.add(new RtcpFeedback(payloadType, feedback));
        }
        if (retransmission != null) {
            payloadTypes.add(retransmission);
            attributes.add(new RtpMap(retransmission, SupportedCodec.RTX, codec.clockRate(), 1));
            attributes.add(new Fmtp(retransmission, "apt=" + payloadType));
        }
    }
}
