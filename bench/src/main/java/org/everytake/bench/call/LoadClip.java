package org.everytake.bench.call;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.everytake.bench.measure.Tool;
import org.everytake.peer.clip.Clip;
import org.everytake.wire.Malformed;

/**
 * What each publisher sends: a picture of 640 × 360 at 30 frames a second that never rests, and speech-like sound, of about
 * 420 and 32 kbit/s. Encoded once and kept in the user's cache; only its packets matter.
 */
final class LoadClip {
    private static final int SECONDS = 60;
    private static final int FRAMES_PER_SECOND = 30;
    private static final int KEY_FRAME_FRAMES = 150;
    private static final String NAME = "load-1-360p";

    /** Of its picture. */
    enum Codec {
        VP8(".ivf", "-c:v libvpx -deadline realtime -cpu-used 8 -lag-in-frames 0 -auto-alt-ref 0 -error-resilient 1"),
        H264(".h264", "-c:v libx264 -profile:v baseline -preset veryfast -tune zerolatency -x264-params aud=1");

        private final String extension;
        private final String encoder;

        Codec(String extension, String encoder) {
            this.extension = extension;
            this.encoder = encoder;
        }
    }

    private LoadClip() {}

    static Clip get(Path folder, Codec codec) throws IOException {
        Files.createDirectories(folder);
        Path video = folder.resolve(NAME + codec.extension);
        Path ogg = folder.resolve(NAME + ".ogg");
        if (!Files.exists(video) || !Files.exists(ogg)) {
            Path newVideo = folder.resolve("new-" + NAME + codec.extension);
            Path newOgg = folder.resolve("new-" + NAME + ".ogg");
            Tool.ffmpeg(arguments(codec, newVideo, newOgg));
            Files.move(newOgg, ogg, StandardCopyOption.REPLACE_EXISTING);
            Files.move(newVideo, video, StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            return codec == Codec.H264 ? Clip.readH264(video, FRAMES_PER_SECOND, ogg) : Clip.read(video, ogg);
        } catch (Malformed malformed) {
            throw new IOException("FFmpeg made something else: " + malformed.getMessage(), malformed);
        }
    }

    private static List<String> arguments(Codec codec, Path video, Path ogg) {
        return List.of(("-f lavfi -i testsrc2=s=640x360:r=" + FRAMES_PER_SECOND + ",noise=alls=6:allf=t:all_seed=1"
                        + " -f lavfi -i anoisesrc=c=pink:a=0.2:r=48000:seed=1,tremolo=f=3:d=0.9"
                        + " -t " + SECONDS + " -map 0:v -pix_fmt yuv420p " + codec.encoder
                        + " -g " + KEY_FRAME_FRAMES + " -b:v 420k -minrate 420k -maxrate 420k -bufsize 420k " + video
                        + " -t " + SECONDS + " -map 1:a -ac 1 -c:a libopus -application voip -b:a 32k"
                        + " -frame_duration 20 " + ogg)
                .split(" "));
    }
}
