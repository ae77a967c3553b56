package org.everytake.peer.clip;

/**
 * How the media of a clip is coded, in the words of an SDP.
 *
 * @param name as in {@code rtpmap}
 * @param clockRate of its timestamps, in Hz
 * @param channels 1 for video
 * @param fmtp its parameters; empty if there are none
 */
public record Encoding(String name, int clockRate, int channels, String fmtp) {
    public static final Encoding OPUS = new Encoding("opus", 48_000, 2, "minptime=10;useinbandfec=1");
    public static final Encoding PCMU = new Encoding("PCMU", 8_000, 1, "");
    public static final Encoding PCMA = new Encoding("PCMA", 8_000, 1, "");
    public static final Encoding VP8 = video("VP8", "");
    public static final Encoding VP9 = video("VP9", "profile-id=0");
    public static final Encoding AV1 = video("AV1", "");

    /** Constrained baseline, its pictures cut over packets. */
    public static final Encoding H264 =
            video("H264", "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");

    public static Encoding video(String name, String fmtp) {
        return new Encoding(name, Clip.VIDEO_CLOCK, 1, fmtp);
    }

    public boolean is(Encoding other) {
        return name.equalsIgnoreCase(other.name);
    }
}
