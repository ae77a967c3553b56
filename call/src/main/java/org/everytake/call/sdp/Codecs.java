package org.everytake.call.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.everytake.call.Codec;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.RtcpFeedback;
import org.everytake.wire.sdp.RtpMap;

/** Which codecs, feedback and header extensions we speak. */
final class Codecs {
    static final String OPUS = "opus";
    static final String VP8 = "VP8";
    static final String REMB = "goog-remb";

    private static final Set<String> FEEDBACK =
            Set.of(RtcpFeedback.NACK, RtcpFeedback.NACK_PLI, RtcpFeedback.CCM_FIR, REMB);

    /** Those that serve us; each goes into the description of takes. */
    private static final Set<String> EXTENSIONS = Set.of(ExtMap.MID, ExtMap.AUDIO_LEVEL);

    private Codecs() {}

    /** Those that we have in common with a section, in its order of preference. */
    static List<Codec> common(MediaDescription section) {
        List<Codec> codecs = new ArrayList<>();
        for (RtpMap map : section.rtpMaps().values()) {
            if (map.is(OPUS) && section.kind().equals(MediaDescription.AUDIO) && map.clockRate() == 48_000) {
                codecs.add(codec(section, map, map.channels()));
            } else if (map.is(VP8) && section.kind().equals(MediaDescription.VIDEO) && map.clockRate() == 90_000) {
                codecs.add(codec(section, map, 0));
            }
        }
        return codecs;
    }

    private static Codec codec(MediaDescription section, RtpMap map, int channels) {
        Fmtp fmtp = section.fmtp(map.payloadType());
        return new Codec(
                map.payloadType(), map.encoding(), map.clockRate(), channels, fmtp == null ? "" : fmtp.parameters());
    }

    static List<String> feedback(MediaDescription section, Codec codec) {
        return section.feedback(codec.payloadType()).stream()
                .filter(FEEDBACK::contains)
                .distinct()
                .toList();
    }

    static List<ExtMap> extensions(MediaDescription section) {
        return section.all(ExtMap.class).stream()
                .filter(ext -> EXTENSIONS.contains(ext.uri()) && ext.id() >= 1 && ext.id() <= 14)
                .toList();
    }
}
