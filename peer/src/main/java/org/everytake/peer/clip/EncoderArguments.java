package org.everytake.peer.clip;

import java.util.List;

/** How FFmpeg makes media of an encoding as a browser would: no frame waits for a later one, key frames at an interval. */
final class EncoderArguments {
    private EncoderArguments() {}

    static List<String> video(Encoding encoding, int kilobits, int keyFrameInterval) {
        String rate = kilobits + "k";
        String interval = String.valueOf(keyFrameInterval);
        String encoder = switch (encoding.name()) {
            case "VP8" -> "-c:v libvpx -deadline realtime -cpu-used 5 -lag-in-frames 0 -auto-alt-ref 0 -f ivf";
            case "VP9" -> "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -lag-in-frames 0 -auto-alt-ref 0 -f ivf";
            case "AV1" -> "-c:v libaom-av1 -usage realtime -cpu-used 8 -lag-in-frames 0 -f ivf";
            case "H264" ->
                "-c:v libx264 -profile:v baseline -preset veryfast -tune zerolatency -sc_threshold 0"
                        + " -x264-params aud=1 -f h264";
            default -> throw new IllegalArgumentException("no encoder of " + encoding.name());
        };
        return List.of(
                ("-pix_fmt yuv420p -b:v " + rate + " -g " + interval + " -keyint_min " + interval + " " + encoder)
                        .split(" "));
    }

    static List<String> audio(Encoding encoding) {
        String encoder = switch (encoding.name()) {
            case "opus" -> "-c:a libopus -b:a 48k -frame_duration 20 -f ogg";
            case "PCMU" -> "-ar 8000 -c:a pcm_mulaw -f mulaw";
            case "PCMA" -> "-ar 8000 -c:a pcm_alaw -f alaw";
            default -> throw new IllegalArgumentException("no encoder of " + encoding.name());
        };
        return List.of(encoder.split(" "));
    }
}
