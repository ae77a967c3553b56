package org.everytake.call.sdp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.everytake.call.Refused;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;
import org.jspecify.annotations.Nullable;

/**
 * What a person takes of what we offered.
 *
 * @param peer null if they refused everything
 * @param sections in the order of the offer
 */
public record SubscribeAnswer(@Nullable PeerConnection peer, List<Section> sections) {
    /**
     * @param receives whether the person wants what is sent on it
     * @param codecs of which packets may be sent
     * @param extensions ids of the header extensions that packets may carry
     * @param repair whether retransmissions go as a stream of their own (RFC 4588)
     */
    public record Section(boolean receives, Set<SupportedCodec> codecs, Set<Integer> extensions, boolean repair) {
        private static final Section REFUSED = new Section(false, Set.of(), Set.of(), false);

        public Section {
            codecs = Set.copyOf(codecs);
            extensions = Set.copyOf(extensions);
        }
    }

    public SubscribeAnswer {
        sections = List.copyOf(sections);
    }

    /**
     * @param mids of the offer
     * @throws Refused {@code malformed-sdp} or {@code unsupported-sdp}
     */
    public static SubscribeAnswer parse(String answer, List<String> mids) throws Refused {
        SessionDescription sdp = Sdp.parse(answer);
        if (sdp.media().size() != mids.size()) {
            throw Sdp.unsupported("it has " + sdp.media().size() + " media sections, the offer " + mids.size());
        }
        PeerConnection peer = null;
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < mids.size(); i++) {
            MediaDescription media = sdp.media().get(i);
            if (media.port() == 0) {
                sections.add(Section.REFUSED);
                continue;
            }
            if (!mids.get(i).equals(media.mid())) {
                throw Sdp.unsupported("its mids are not those of the offer");
            }
            Set<SupportedCodec> codecs = codecs(media);
            if (!Sdp.isOurs(media) || codecs.isEmpty()) {
                throw Sdp.unsupported("section " + mids.get(i) + " has no codec of the offer with rtcp-mux");
            }
            if (peer == null) {
                peer = Sdp.peer(sdp, media, Setup.ACTIVE);
            }
            sections.add(
                    new Section(media.direction().receives(), codecs, extensions(sdp, media), repairs(media, codecs)));
        }
        return new SubscribeAnswer(peer, sections);
    }

    /** The payload types stay those of the offer (RFC 3264, section 6.1, for what we send). */
    private static Set<SupportedCodec> codecs(MediaDescription media) {
        Set<SupportedCodec> codecs = EnumSet.noneOf(SupportedCodec.class);
        boolean video = media.kind().equals(MediaDescription.VIDEO);
        for (RtpMap map : media.rtpMaps().values()) {
            SupportedCodec codec = SupportedCodec.of(video, map, media.fmtp(map.payloadType()));
            if (codec != null && codec.payloadType() == map.payloadType()) {
                codecs.add(codec);
            }
        }
        return codecs;
    }

    private static Set<Integer> extensions(SessionDescription sdp, MediaDescription media) {
        return Codecs.taken(sdp, media).stream().map(ExtMap::id).collect(Collectors.toSet());
    }

    private static boolean repairs(MediaDescription media, Set<SupportedCodec> codecs) {
        return codecs.stream()
                .map(codec -> media.rtpMaps().get(codec.retransmissionPayloadType()))
                .anyMatch(map -> map != null && map.is(SupportedCodec.RTX));
    }
}
