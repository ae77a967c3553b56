package org.everytake.peer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.everytake.peer.media.InboundSection;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.MediaDirection;
import org.everytake.wire.sdp.RtcpFeedback;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.sdp.SdpAttribute;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;

/** The answer to an offer to receive, which takes all that a peer knows. Pure. */
final class ViewSdp {
    private static final Set<String> ENCODINGS = Set.of("OPUS", "PCMU", "PCMA", "VP8", "VP9", "H264", "AV1");
    private static final Set<String> EXTENSIONS = Set.of(
            ExtMap.MID, ExtMap.TRANSPORT_CC, ExtMap.ABSOLUTE_SEND_TIME, ExtMap.VIDEO_ORIENTATION, ExtMap.AUDIO_LEVEL);

    private final MediaOptions options;

    ViewSdp(MediaOptions options) {
        this.options = options;
    }

    String answer(PeerSdp sdp, SessionDescription offer) {
        List<MediaDescription> media = new ArrayList<>();
        List<String> bundled = new ArrayList<>();
        for (MediaDescription section : offer.media()) {
            MediaDescription taken = taken(section);
            if (taken.port() == 0) {
                media.add(section.refused());
                continue;
            }
            String mid = PeerSdp.midOf(section);
            List<SdpAttribute> attributes = new ArrayList<>(sdp.transport(mid, Setup.ACTIVE));
            attributes.add(section.direction().sends() ? MediaDirection.RECVONLY : MediaDirection.INACTIVE);
            attributes.addAll(taken.attributes());
            bundled.add(mid);
            media.add(new MediaDescription(
                    taken.kind(), taken.port(), taken.protocol(), taken.formats(), taken.lines(), attributes));
        }
        return sdp.session(media, bundled).print();
    }

    /** What an offer lets through. */
    List<InboundSection> sections(SessionDescription offer) {
        List<InboundSection> sections = new ArrayList<>();
        for (MediaDescription section : offer.media()) {
            MediaDescription taken = taken(section);
            if (taken.port() != 0 && section.direction().sends()) {
                sections.add(InboundSection.of(PeerSdp.midOf(section), taken, section));
            }
        }
        return sections;
    }

    /** Of a section that is offered what is taken; with port 0 if nothing is. */
    private MediaDescription taken(MediaDescription section) {
        Set<Integer> payloadTypes = payloadTypes(section);
        if (section.port() == 0 || section.mid() == null || payloadTypes.isEmpty()) {
            return section.refused();
        }
        List<SdpAttribute> attributes = section.attributes().stream()
                .filter(attribute -> isTaken(section, attribute, payloadTypes))
                .toList();
        return MediaDescription.rtp(section.kind(), List.copyOf(payloadTypes), attributes);
    }

    private Set<Integer> payloadTypes(MediaDescription section) {
        Set<Integer> payloadTypes = new LinkedHashSet<>();
        for (RtpMap map : section.rtpMaps().values()) {
            boolean isMedia = ENCODINGS.contains(map.encoding().toUpperCase(Locale.ROOT));
            if (isMedia || (map.is(PeerSdp.RED) && options.redundantAudio())) {
                payloadTypes.add(map.payloadType());
            }
        }
        if (options.retransmission()) {
            InboundSection.repeatedTypes(section).forEach((retransmission, repeated) -> {
                if (payloadTypes.contains(repeated)) {
                    payloadTypes.add(retransmission);
                }
            });
        }
        return payloadTypes;
    }

    private boolean isTaken(MediaDescription section, SdpAttribute attribute, Set<Integer> payloadTypes) {
        return switch (attribute) {
            case RtpMap map -> payloadTypes.contains(map.payloadType());
            case Fmtp fmtp -> payloadTypes.contains(fmtp.payloadType());
            case RtcpFeedback feedback ->
                payloadTypes.contains(feedback.payloadType()) && isTaken(section, feedback.feedback());
            case ExtMap extension ->
                EXTENSIONS.contains(extension.uri())
                        && (options.transportFeedback() || !extension.uri().equals(ExtMap.TRANSPORT_CC));
            default -> false;
        };
    }

    private boolean isTaken(MediaDescription section, String feedback) {
        return switch (feedback) {
            case RtcpFeedback.TRANSPORT_CC -> options.transportFeedback();
            case RtcpFeedback.NACK -> options.audioRepair() || section.kind().equals(MediaDescription.VIDEO);
            default -> true;
        };
    }
}
