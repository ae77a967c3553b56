package org.everytake.call.sdp;

import java.util.List;
import java.util.Locale;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.sdp.RtcpFeedback;
import org.everytake.wire.sdp.RtpMap;
import org.jspecify.annotations.Nullable;

/**
 * The codecs that pass through us, untouched. Each has a payload type of ours in what we offer to subscribers, the same
 * in each offer, since those of a bundle are one name space (RFC 8843, section 9.1).
 */
public enum SupportedCodec {
    OPUS("opus", 48_000, 2, 111, 0, "minptime=10;useinbandfec=1"),
    /** RFC 2198, with Opus in it. */
    RED("red", 48_000, 2, 63, 0, "111/111"),
    PCMU("PCMU", 8_000, 1, 0, 0, ""),
    PCMA("PCMA", 8_000, 1, 8, 0, ""),
    VP8("VP8", 90_000, 0, 96, 97, ""),
    VP9("VP9", 90_000, 0, 98, 99, "profile-id=0"),
    /**
     * Offered as constrained baseline, whatever its publisher sends: decoders read the profile in the stream, and
     * browsers refuse to negotiate some that they can decode.
     */
    H264("H264", 90_000, 0, 102, 103, "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"),
    AV1("AV1", 90_000, 0, 45, 46, "");

    /** RFC 4588. */
    static final String RTX = "rtx";

    private static final List<String> VIDEO_FEEDBACK = List.of(
            Codecs.REMB, RtcpFeedback.TRANSPORT_CC, RtcpFeedback.CCM_FIR, RtcpFeedback.NACK, RtcpFeedback.NACK_PLI);
    private static final List<String> AUDIO_FEEDBACK = List.of(RtcpFeedback.TRANSPORT_CC, RtcpFeedback.NACK);

    private final String encoding;
    private final int clockRate;
    private final int channels;
    private final int payloadType;
    private final int retransmissionPayloadType;
    private final String fmtp;
    private final @Nullable VideoCodec videoCodec;

    SupportedCodec(
            String encoding, int clockRate, int channels, int payloadType, int retransmissionPayloadType, String fmtp) {
        this.encoding = encoding;
        this.clockRate = clockRate;
        this.channels = channels;
        this.payloadType = payloadType;
        this.retransmissionPayloadType = retransmissionPayloadType;
        this.fmtp = fmtp;
        this.videoCodec = VideoCodec.of(encoding).orElse(null);
    }

    /** By the encoding name of an {@code rtpmap}; null if it is none of ours. */
    public static @Nullable SupportedCodec named(String encoding) {
        String name = encoding.toLowerCase(Locale.ROOT);
        for (SupportedCodec codec : values()) {
            if (codec.encoding.toLowerCase(Locale.ROOT).equals(name)) {
                return codec;
            }
        }
        return null;
    }

    /** What a line of an SDP means to us, null if we cannot pass it on. */
    static @Nullable SupportedCodec of(boolean video, RtpMap map, @Nullable Fmtp fmtp) {
        SupportedCodec codec = named(map.encoding());
        if (codec == null || codec.isVideo() != video || codec.clockRate != map.clockRate()) {
            return null;
        }
        String profile = switch (codec) {
            case VP9 -> fmtp == null ? null : fmtp.get("profile-id");
            case AV1 -> fmtp == null ? null : fmtp.get("profile");
            default -> null;
        };
        // The others are of more than eight bits, or of colours that browsers do not decode.
        return profile == null || profile.equals("0") ? codec : null;
    }

    public boolean isVideo() {
        return videoCodec != null;
    }

    /** Its payload format; null for sound. */
    public @Nullable VideoCodec videoCodec() {
        return videoCodec;
    }

    public String encoding() {
        return encoding;
    }

    public int clockRate() {
        return clockRate;
    }

    /** 0 for video. */
    public int channels() {
        return channels;
    }

    /** In our offers. */
    public int payloadType() {
        return payloadType;
    }

    /** Of retransmissions in our offers; 0 where there are none, for audio. */
    public int retransmissionPayloadType() {
        return retransmissionPayloadType;
    }

    String fmtp() {
        return fmtp;
    }

    List<String> feedback() {
        return isVideo() ? VIDEO_FEEDBACK : AUDIO_FEEDBACK;
    }
}
