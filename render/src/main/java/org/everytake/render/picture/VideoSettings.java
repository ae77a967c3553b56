package org.everytake.render.picture;

import java.util.ArrayList;
import java.util.List;
import org.everytake.render.Preset;

/**
 * How FFmpeg shall encode: the same for every chunk, so that chunks join without encoding again. For x264 that is
 * {@code superfast} with the macroblock tree, which costs little and gains much (decision 0070). What each of the others is
 * told, and why, is in decision 0064.
 */
final class VideoSettings {
    /** 3.2 s at 25 frames a second: where frames of picture and sound meet. */
    private static final double KEY_FRAME_SECONDS = 3.2;

    private static final String X264 = "mbtree=1:rc-lookahead=10:scenecut=0:open-gop=0:stitchable=1:range=tv"
            + ":colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m";

    /** Each picture is decoded when it is shown, because a film may end after any of them. */
    private static final String IN_ORDER = ":bframes=0";

    /**
     * Where there are few pictures looking ahead would take seconds, and tells little; and what moves on a screen moves by whole
     * pixels.
     */
    private static final String CALM = ":mbtree=0:rc-lookahead=0:sync-lookahead=0:subme=0";

    private VideoSettings() {}

    /** How many ticks lie between key frames. */
    static int keyFrameTicks(Preset preset) {
        return Math.toIntExact(Math.round(KEY_FRAME_SECONDS * preset.framesPerSecond()));
    }

    /** @param calm whether there may be few pictures */
    static List<String> of(String encoder, Preset preset, boolean calm) {
        return of(encoder, preset, calm ? CALM : "");
    }

    /** As {@link #of(String, Preset, boolean)}, of a film that is made while its recording goes on. */
    static List<String> ofOneThatGoesOn(String encoder, Preset preset, boolean calm) {
        return of(encoder, preset, calm ? IN_ORDER + CALM : IN_ORDER);
    }

    /** @param more of x264's parameters */
    private static List<String> of(String encoder, Preset preset, String more) {
        List<String> settings = new ArrayList<>(List.of("-c:v", encoder));
        settings.addAll(
                switch (encoder) {
                    case "libx264" -> x264(preset, more);
                    case "libvpx" -> vp8(preset);
                    case "libvpx-vp9" -> vp9(preset);
                    case "libsvtav1" -> svtAv1(preset);
                    case "libaom-av1" -> aomAv1(preset);
                    default -> List.of("-b:v", String.valueOf(budget(preset)));
                });
        settings.addAll(List.of("-g", String.valueOf(keyFrameTicks(preset))));
        settings.addAll(List.of("-threads", "1", "-pix_fmt", "yuv420p"));
        settings.addAll(List.of("-color_range", "tv", "-colorspace", "smpte170m"));
        settings.addAll(List.of("-color_primaries", "smpte170m", "-color_trc", "smpte170m"));
        return settings;
    }

    private static List<String> x264(Preset preset, String more) {
        List<String> settings = new ArrayList<>(List.of("-preset", "superfast", "-crf", quality(preset)));
        if (preset.coded().mostBitsPerSecond() > 0) {
            String most = String.valueOf(preset.coded().mostBitsPerSecond());
            settings.addAll(List.of("-maxrate", most, "-bufsize", most));
        }
        settings.addAll(List.of("-x264-params", X264 + more));
        return settings;
    }

    /**
     * A negative speed is one that does not depend on how fast the machine is. Hidden frames would be packets of their own,
     * which nothing in a WebM may be. VP8 knows quality only within a budget.
     */
    private static List<String> vp8(Preset preset) {
        List<String> settings = new ArrayList<>(List.of("-deadline", "realtime", "-cpu-used", "-8"));
        settings.addAll(List.of("-lag-in-frames", "0", "-auto-alt-ref", "0", "-crf", quality(preset, -16, 4)));
        settings.addAll(List.of("-b:v", String.valueOf(budget(preset))));
        return settings;
    }

    private static List<String> vp9(Preset preset) {
        List<String> settings = new ArrayList<>(List.of("-deadline", "realtime", "-cpu-used", "8"));
        settings.addAll(List.of("-lag-in-frames", "0", "-crf", quality(preset, 7, 0)));
        settings.addAll(List.of("-b:v", String.valueOf(preset.coded().mostBitsPerSecond())));
        return settings;
    }

    /** Its own threads are as many as the machine has processors unless it is told. */
    private static List<String> svtAv1(Preset preset) {
        return List.of("-preset", "10", "-crf", quality(preset, 12, 1), "-svtav1-params", "lp=1");
    }

    private static List<String> aomAv1(Preset preset) {
        List<String> settings = new ArrayList<>(List.of("-usage", "realtime", "-cpu-used", "9"));
        settings.addAll(List.of("-lag-in-frames", "0", "-crf", quality(preset, 7, 0)));
        settings.addAll(List.of("-b:v", String.valueOf(preset.coded().mostBitsPerSecond())));
        return settings;
    }

    /** On the scale of x264. */
    private static String quality(Preset preset) {
        return String.valueOf(preset.canvas().constantRateFactor());
    }

    /** On a scale of 63, which lies so much above x264's. */
    private static String quality(Preset preset, int above, int least) {
        return String.valueOf(Math.clamp(preset.canvas().constantRateFactor() + above, least, 63));
    }

    /** Bits a second for encoders that must be told. */
    private static long budget(Preset preset) {
        int most = preset.coded().mostBitsPerSecond();
        return most > 0 ? most : 2L * preset.canvas().width() * preset.canvas().height();
    }
}
