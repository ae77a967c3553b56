package org.everytake.call.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.everytake.call.Codec;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.RawAttribute;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/** Which codecs, feedback and header extensions a section of a peer's SDP has in common with us. */
final class Codecs {
    static final String REMB = "goog-remb";

    /** Those that serve us; each goes into the description of takes. */
    private static final Set<String> EXTENSIONS = Set.of(
            ExtMap.MID,
            ExtMap.RTP_STREAM_ID,
            ExtMap.REPAIRED_RTP_STREAM_ID,
            ExtMap.AUDIO_LEVEL,
            ExtMap.VIDEO_ORIENTATION,
            ExtMap.ABSOLUTE_SEND_TIME,
            ExtMap.TRANSPORT_CC,
            ExtMap.DEPENDENCY_DESCRIPTOR);

    /** RFC 8285, section 6: packets may have extensions of the one-byte and of the two-byte form. */
    private static final String MIXED = RawAttribute.EXTMAP_ALLOW_MIXED.key();

    private Codecs() {}

    /** Those that we have in common with a section, in its order of preference; of H.264 the variant that most can decode. */
    static List<Codec> common(MediaDescription section) {
        boolean video = section.kind().equals(MediaDescription.VIDEO);
        List<Codec> codecs = new ArrayList<>();
        Codec h264 = null;
        for (RtpMap map : section.rtpMaps().values()) {
            Fmtp fmtp = section.fmtp(map.payloadType());
            SupportedCodec supported = SupportedCodec.of(video, map, fmtp);
            if (supported == null) {
                continue;
            }
            Codec codec = new Codec(
                    map.payloadType(),
                    map.encoding(),
                    map.clockRate(),
                    video ? 0 : map.channels(),
                    fmtp == null ? "" : fmtp.parameters());
            if (supported != SupportedCodec.H264) {
                codecs.add(codec);
            } else if (h264 == null) {
                h264 = codec;
                codecs.add(codec);
            } else if (h264Rank(fmtp) > h264Rank(section.fmtp(h264.payloadType()))) {
                codecs.set(codecs.indexOf(h264), codec);
                h264 = codec;
            }
        }
        codecs.removeIf(codec -> codec.is(SupportedCodec.RED.encoding()) && !redundantOpus(codec, codecs));
        return codecs;
    }

    private static boolean redundantOpus(Codec red, List<Codec> codecs) {
        String primary = red.fmtp().split("/", 2)[0];
        return codecs.stream()
                .anyMatch(codec -> codec.is(SupportedCodec.OPUS.encoding())
                        && Integer.toString(codec.payloadType()).equals(primary));
    }

    /** Packets that may hold pieces of a picture first, then the baseline profile that all decoders know. */
    private static int h264Rank(@Nullable Fmtp fmtp) {
        String mode = fmtp == null ? null : fmtp.get("packetization-mode");
        String profile = fmtp == null ? null : fmtp.get("profile-level-id");
        int rank = "1".equals(mode) ? 4 : 0;
        if (profile == null || !profile.startsWith("42")) {
            return rank;
        }
        return rank + (profile.regionMatches(true, 2, "e0", 0, 2) ? 2 : 1);
    }

    /** Payload types of retransmissions (RFC 4588), by what they are, to the payload type that they repeat. */
    static Map<Integer, Integer> retransmissions(MediaDescription section, List<Codec> codecs) {
        Map<Integer, Integer> repeated = new LinkedHashMap<>();
        for (RtpMap map : section.rtpMaps().values()) {
            Fmtp fmtp = section.fmtp(map.payloadType());
            String associated = map.is(SupportedCodec.RTX) && fmtp != null ? fmtp.get("apt") : null;
            for (Codec codec : codecs) {
                if (Integer.toString(codec.payloadType()).equals(associated)) {
                    repeated.put(map.payloadType(), codec.payloadType());
                }
            }
        }
        return repeated;
    }

    /** Of the feedback that a peer takes for a codec, what we give. */
    static List<String> feedback(MediaDescription section, Codec codec) {
        SupportedCodec supported = SupportedCodec.named(codec.name());
        return supported == null
                ? List.of()
                : section.feedback(codec.payloadType()).stream()
                        .filter(supported.feedback()::contains)
                        .distinct()
                        .toList();
    }

    static List<ExtMap> extensions(MediaDescription section) {
        return section.all(ExtMap.class).stream()
                .filter(ext -> EXTENSIONS.contains(ext.uri()) && ext.id() >= 1 && ext.id() <= 14)
                .toList();
    }

    /** As {@link #extensions}, of those that packets to a peer may carry: a descriptor may need the longer form. */
    static List<ExtMap> taken(SessionDescription sdp, MediaDescription section) {
        boolean mixed = sdp.has(MIXED) || section.has(MIXED);
        return extensions(section).stream()
                .filter(ext -> mixed || !ext.uri().equals(ExtMap.DEPENDENCY_DESCRIPTOR))
                .toList();
    }
}
