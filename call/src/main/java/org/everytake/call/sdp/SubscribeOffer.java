package org.everytake.call.sdp;

import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.Group;
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
import org.everytake.wire.sdp.SsrcGroup;
import org.jspecify.annotations.Nullable;

/** What we offer to send to a person. Payload types and extension ids are ours, the same in each offer. */
public final class SubscribeOffer {
    /** An answer with more could not be read. */
    public static final int MOST_SECTIONS = Sdp.MOST_SECTIONS;

    /** Ids of header extensions: of the MID (RFC 9143). */
    public static final int MID_EXTENSION = 1;

    public static final int TRANSPORT_SEQUENCE_EXTENSION = 2;
    public static final int AUDIO_LEVEL_EXTENSION = 3;
    public static final int VIDEO_ORIENTATION_EXTENSION = 4;

    /** Of AV1. */
    public static final int DEPENDENCY_DESCRIPTOR_EXTENSION = 5;

    /**
     * A media section.
     *
     * @param codecs of which packets may come, the likeliest first
     * @param sending null if nothing is sent on it now
     */
    public record Section(
            String mid,
            boolean video,
            List<SupportedCodec> codecs,
            @Nullable Sending sending) {
        public Section {
            codecs = List.copyOf(codecs);
        }
    }

    /**
     * What is sent.
     *
     * @param retransmissionSsrc of what is sent again; used by video only
     * @param cname the same for all that plays in one clock (RFC 3550, section 6.5.1)
     * @param msid streams with the same name are played in time with each other
     */
    public record Sending(long ssrc, long retransmissionSsrc, String cname, String msid, String trackId) {}

    private SubscribeOffer() {}

    public static String print(LocalConnection local, long version, List<Section> sections) {
        List<String> mids = sections.stream().map(Section::mid).toList();
        return new SessionDescription(
                        Origin.of(local.sessionId(), version),
                        "-",
                        List.of(),
                        List.of(
                                RawAttribute.ICE_LITE,
                                new Group(Group.BUNDLE, mids),
                                RawAttribute.EXTMAP_ALLOW_MIXED,
                                RawAttribute.MSID_SEMANTIC),
                        sections.stream()
                                .map(section -> media(local, section, section == sections.getFirst()))
                                .toList())
                .print();
    }

    private static MediaDescription media(LocalConnection local, Section section, boolean first) {
        List<SdpAttribute> attributes = new ArrayList<>(Sdp.transport(local, section.mid(), Setup.ACTPASS, first));
        Sending sending = section.sending();
        attributes.add(sending == null ? MediaDirection.INACTIVE : MediaDirection.SENDONLY);
        extensions(section, attributes);
        List<Integer> payloadTypes = new ArrayList<>();
        for (SupportedCodec codec : section.codecs()) {
            describe(codec, payloadTypes, attributes);
        }
        if (sending != null) {
            attributes.add(new Msid(token(sending.msid()), token(sending.trackId())));
            if (section.video()) {
                attributes.add(new SsrcGroup("FID", List.of(sending.ssrc(), sending.retransmissionSsrc())));
            }
            attributes.add(new SsrcAttribute(sending.ssrc(), "cname", token(sending.cname())));
            if (section.video()) {
                attributes.add(new SsrcAttribute(sending.retransmissionSsrc(), "cname", token(sending.cname())));
            }
        }
        return MediaDescription.rtp(
                section.video() ? MediaDescription.VIDEO : MediaDescription.AUDIO, payloadTypes, attributes);
    }

    private static void extensions(Section section, List<SdpAttribute> attributes) {
        attributes.add(new ExtMap(MID_EXTENSION, ExtMap.MID));
        attributes.add(new ExtMap(TRANSPORT_SEQUENCE_EXTENSION, ExtMap.TRANSPORT_CC));
        attributes.add(
                section.video()
                        ? new ExtMap(VIDEO_ORIENTATION_EXTENSION, ExtMap.VIDEO_ORIENTATION)
                        : new ExtMap(AUDIO_LEVEL_EXTENSION, ExtMap.AUDIO_LEVEL));
        if (section.codecs().contains(SupportedCodec.AV1)) {
            attributes.add(new ExtMap(DEPENDENCY_DESCRIPTOR_EXTENSION, ExtMap.DEPENDENCY_DESCRIPTOR));
        }
    }

    private static void describe(SupportedCodec codec, List<Integer> payloadTypes, List<SdpAttribute> attributes) {
        int payloadType = codec.payloadType();
        payloadTypes.add(payloadType);
        attributes.add(new RtpMap(payloadType, codec.encoding(), codec.clockRate(), Math.max(1, codec.channels())));
        if (!codec.fmtp().isEmpty()) {
            attributes.add(new Fmtp(payloadType, codec.fmtp()));
        }
        for (String feedback : codec.feedback()) {
            attributes.add(new RtcpFeedback(payloadType, feedback));
        }
        int retransmission = codec.retransmissionPayloadType();
        if (retransmission != 0) {
            payloadTypes.add(retransmission);
            attributes.add(new RtpMap(retransmission, SupportedCodec.RTX, codec.clockRate(), 1));
            attributes.add(new Fmtp(retransmission, "apt=" + payloadType));
        }
    }

    /** RFC 8830 allows only a token, of at most 64 characters. */
    private static String token(String text) {
        String clean = text.replaceAll("[^A-Za-z0-9_-]", "_");
        return clean.length() <= 64 ? clean : clean.substring(0, 64);
    }
}
