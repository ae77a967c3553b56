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
import org.jspecify.annotations.Nullable;

/** What we offer to send to a person. Payload types and extension ids are ours, the same in each offer. */
public final class SubscribeOffer {
    public static final int OPUS_PAYLOAD_TYPE = 111;
    public static final int VP8_PAYLOAD_TYPE = 96;

    /** An answer with more could not be read. */
    public static final int MOST_SECTIONS = Sdp.MOST_SECTIONS;

    /** Of the MID (RFC 9143). */
    public static final int MID_EXTENSION = 1;

    private static final int OPUS_CLOCK_RATE = 48_000;
    private static final int VIDEO_CLOCK_RATE = 90_000;

    /**
     * A media section.
     *
     * @param sending null if nothing is sent on it now
     */
    public record Section(
            String mid, boolean video, @Nullable Sending sending) {}

    /**
     * What is sent.
     *
     * @param cname the same for all that plays in one clock (RFC 3550, section 6.5.1)
     * @param msid streams with the same name are played in time with each other
     */
    public record Sending(long ssrc, String cname, String msid, String trackId) {}

    private SubscribeOffer() {}

    public static String print(LocalConnection local, long version, List<Section> sections) {
        List<String> mids = sections.stream().map(Section::mid).toList();
        return new SessionDescription(
                        Origin.of(local.sessionId(), version),
                        "-",
                        List.of(),
                        List.of(RawAttribute.ICE_LITE, new Group(Group.BUNDLE, mids), RawAttribute.MSID_SEMANTIC),
                        sections.stream()
                                .map(section -> media(local, section, section == sections.getFirst()))
                                .toList())
                .print();
    }

    private static MediaDescription media(LocalConnection local, Section section, boolean first) {
        List<SdpAttribute> attributes = new ArrayList<>(Sdp.transport(local, section.mid(), Setup.ACTPASS, first));
        Sending sending = section.sending();
        attributes.add(sending == null ? MediaDirection.INACTIVE : MediaDirection.SENDONLY);
        attributes.add(new ExtMap(MID_EXTENSION, ExtMap.MID));
        if (section.video()) {
            attributes.add(new RtpMap(VP8_PAYLOAD_TYPE, Codecs.VP8, VIDEO_CLOCK_RATE, 1));
            attributes.add(new RtcpFeedback(VP8_PAYLOAD_TYPE, RtcpFeedback.NACK));
            attributes.add(new RtcpFeedback(VP8_PAYLOAD_TYPE, RtcpFeedback.NACK_PLI));
            attributes.add(new RtcpFeedback(VP8_PAYLOAD_TYPE, RtcpFeedback.CCM_FIR));
        } else {
            attributes.add(new RtpMap(OPUS_PAYLOAD_TYPE, Codecs.OPUS, OPUS_CLOCK_RATE, 2));
            attributes.add(new Fmtp(OPUS_PAYLOAD_TYPE, "minptime=10;useinbandfec=1"));
        }
        if (sending != null) {
            attributes.add(new Msid(token(sending.msid()), token(sending.trackId())));
            attributes.add(new SsrcAttribute(sending.ssrc(), "cname", token(sending.cname())));
        }
        return MediaDescription.rtp(
                section.video() ? MediaDescription.VIDEO : MediaDescription.AUDIO,
                List.of(section.video() ? VP8_PAYLOAD_TYPE : OPUS_PAYLOAD_TYPE),
                attributes);
    }

    /** RFC 8830 allows only a token, of at most 64 characters. */
    private static String token(String text) {
        String clean = text.replaceAll("[^A-Za-z0-9_-]", "_");
        return clean.length() <= 64 ? clean : clean.substring(0, 64);
    }
}
