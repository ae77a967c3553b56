package org.everytake.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.Encoding;
import org.everytake.peer.media.Agreed;
import org.everytake.peer.media.ExtensionIds;
import org.everytake.peer.media.InboundSection;
import org.everytake.peer.media.Publication;
import org.everytake.peer.media.StreamIdentity;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.MediaDirection;
import org.everytake.wire.sdp.Msid;
import org.everytake.wire.sdp.Rid;
import org.everytake.wire.sdp.RtcpFeedback;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.sdp.SdpAttribute;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;
import org.everytake.wire.sdp.Simulcast;
import org.everytake.wire.sdp.SsrcAttribute;
import org.everytake.wire.sdp.SsrcGroup;
import org.jspecify.annotations.Nullable;

/** The offer to send a clip, and what an answer takes of it. Pure. */
final class PublishSdp {
    private static final String AUDIO_MID = "0";
    private static final String VIDEO_MID = "1";

    private final PeerOptions options;
    private final Clip clip;

    /**
     * @param clip the best of all layers
     */
    PublishSdp(PeerOptions options, Clip clip) {
        this.options = options;
        this.clip = clip;
    }

    Publication.Names names() {
        return new Publication.Names(
                AUDIO_MID, PayloadTypes.of(clip.audioEncoding()), VIDEO_MID, PayloadTypes.of(clip.videoEncoding()));
    }

    String offer(PeerSdp sdp, List<StreamIdentity> streams) {
        List<MediaDescription> media = new ArrayList<>();
        if (clip.hasAudio()) {
            media.add(audio(sdp, of(streams, AUDIO_MID)));
        }
        if (clip.hasVideo()) {
            media.add(video(sdp, of(streams, VIDEO_MID)));
        }
        return sdp.session(media, media.stream().map(PeerSdp::midOf).toList()).print();
    }

    private static List<StreamIdentity> of(List<StreamIdentity> streams, String mid) {
        return streams.stream().filter(stream -> stream.mid().equals(mid)).toList();
    }

    private MediaDescription audio(PeerSdp sdp, List<StreamIdentity> streams) {
        Encoding encoding = clip.audioEncoding();
        int payloadType = PayloadTypes.of(encoding);
        List<SdpAttribute> attributes = new ArrayList<>(sdp.transport(AUDIO_MID, Setup.ACTPASS));
        List<Integer> payloadTypes = new ArrayList<>();
        attributes.add(MediaDirection.SENDONLY);
        attributes.add(new ExtMap(1, ExtMap.AUDIO_LEVEL));
        commonExtensions(attributes);
        if (options.media().redundantAudio()) {
            payloadTypes.add(PayloadTypes.RED);
            attributes.add(new RtpMap(PayloadTypes.RED, PeerSdp.RED, encoding.clockRate(), encoding.channels()));
            attributes.add(new Fmtp(PayloadTypes.RED, payloadType + "/" + payloadType));
            audioFeedback(PayloadTypes.RED, attributes);
        }
        payloadTypes.add(payloadType);
        describe(encoding, attributes);
        audioFeedback(payloadType, attributes);
        sources(streams, "audio", false, attributes);
        return MediaDescription.rtp(MediaDescription.AUDIO, payloadTypes, attributes);
    }

    private void audioFeedback(int payloadType, List<SdpAttribute> attributes) {
        if (options.media().transportFeedback()) {
            attributes.add(new RtcpFeedback(payloadType, RtcpFeedback.TRANSPORT_CC));
        }
        if (options.media().audioRepair()) {
            attributes.add(new RtcpFeedback(payloadType, RtcpFeedback.NACK));
        }
    }

    private MediaDescription video(PeerSdp sdp, List<StreamIdentity> streams) {
        Encoding encoding = clip.videoEncoding();
        int payloadType = PayloadTypes.of(encoding);
        List<SdpAttribute> attributes = new ArrayList<>(sdp.transport(VIDEO_MID, Setup.ACTPASS));
        List<Integer> payloadTypes = new ArrayList<>(List.of(payloadType));
        attributes.add(MediaDirection.SENDONLY);
        commonExtensions(attributes);
        attributes.add(new ExtMap(13, ExtMap.VIDEO_ORIENTATION));
        attributes.add(new ExtMap(10, ExtMap.RTP_STREAM_ID));
        attributes.add(new ExtMap(11, ExtMap.REPAIRED_RTP_STREAM_ID));
        describe(encoding, attributes);
        attributes.add(new RtcpFeedback(payloadType, RtcpFeedback.REMB));
        if (options.media().transportFeedback()) {
            attributes.add(new RtcpFeedback(payloadType, RtcpFeedback.TRANSPORT_CC));
        }
        attributes.add(new RtcpFeedback(payloadType, RtcpFeedback.CCM_FIR));
        attributes.add(new RtcpFeedback(payloadType, RtcpFeedback.NACK));
        attributes.add(new RtcpFeedback(payloadType, RtcpFeedback.NACK_PLI));
        if (options.media().retransmission()) {
            int retransmission = PayloadTypes.retransmissionOf(encoding);
            payloadTypes.add(retransmission);
            attributes.add(new RtpMap(retransmission, PeerSdp.RTX, encoding.clockRate(), 1));
            attributes.add(new Fmtp(retransmission, "apt=" + payloadType));
        }
        if (streams.size() == 1) {
            sources(streams, "video", options.media().retransmission(), attributes);
        } else {
            layers(streams, attributes);
        }
        return MediaDescription.rtp(MediaDescription.VIDEO, payloadTypes, attributes);
    }

    private void commonExtensions(List<SdpAttribute> attributes) {
        attributes.add(new ExtMap(2, ExtMap.ABSOLUTE_SEND_TIME));
        if (options.media().transportFeedback()) {
            attributes.add(new ExtMap(3, ExtMap.TRANSPORT_CC));
        }
        attributes.add(new ExtMap(4, ExtMap.MID));
    }

    private static void describe(Encoding encoding, List<SdpAttribute> attributes) {
        int payloadType = PayloadTypes.of(encoding);
        attributes.add(new RtpMap(payloadType, encoding.name(), encoding.clockRate(), encoding.channels()));
        if (!encoding.fmtp().isEmpty()) {
            attributes.add(new Fmtp(payloadType, encoding.fmtp()));
        }
    }

    private void sources(
            List<StreamIdentity> streams, String track, boolean isRepaired, List<SdpAttribute> attributes) {
        String cname = options.name();
        attributes.add(new Msid(cname, track));
        for (StreamIdentity stream : streams) {
            if (isRepaired) {
                attributes.add(new SsrcGroup("FID", List.of(stream.ssrc(), stream.retransmissionSsrc())));
            }
            attributes.add(new SsrcAttribute(stream.ssrc(), "cname", cname));
            if (isRepaired) {
                attributes.add(new SsrcAttribute(stream.retransmissionSsrc(), "cname", cname));
            }
        }
    }

    /** Who sends several layers names no SSRCs: packets say their mid and rid. */
    private void layers(List<StreamIdentity> streams, List<SdpAttribute> attributes) {
        attributes.add(new Msid(options.name(), "video"));
        List<String> rids = streams.stream().map(StreamIdentity::rid).toList();
        rids.forEach(rid -> attributes.add(new Rid(rid, "send", "")));
        attributes.add(new Simulcast(rids, List.of()));
    }

    Agreed audioAgreed(SessionDescription answer) {
        return agreed(answer.media(AUDIO_MID), PayloadTypes.of(clip.audioEncoding()));
    }

    Agreed videoAgreed(SessionDescription answer) {
        return agreed(answer.media(VIDEO_MID), PayloadTypes.of(clip.videoEncoding()));
    }

    private static Agreed agreed(@Nullable MediaDescription section, int payloadType) {
        if (section == null
                || section.port() == 0
                || !section.direction().receives()
                || !section.formats().contains(Integer.toString(payloadType))) {
            return Agreed.REFUSED;
        }
        return new Agreed(
                true,
                ExtensionIds.of(section),
                payloadTypeOf(section.rtpMaps(), map -> map.is(PeerSdp.RED)),
                payloadTypeOf(InboundSection.repeatedTypes(section), repeated -> repeated == payloadType),
                rids(section));
    }

    /** The first whose value is such, -1 if there is none. */
    private static <V> int payloadTypeOf(Map<Integer, V> byPayloadType, Predicate<V> isSuch) {
        return byPayloadType.entrySet().stream()
                .filter(entry -> isSuch.test(entry.getValue()))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(-1);
    }

    /** Those that are not to begin paused. */
    private static List<String> rids(MediaDescription section) {
        Simulcast simulcast = section.first(Simulcast.class);
        return simulcast == null
                ? List.of()
                : Simulcast.rids(simulcast.receive().stream()
                        .filter(layer -> !layer.startsWith("~"))
                        .toList());
    }
}
