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

    private LoadClip() {}

    static Clip get(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path ivf = folder.resolve(NAME + ".ivf");
        Path ogg = folder.resolve(NAME + ".ogg");
        if (!Files.exists(ivf) || !Files.exists(ogg)) {
            Path newIvf = folder.resolve("new-" + NAME + ".ivf");
            Path newOgg = folder.resolve("new-" + NAME + ".ogg");
            Tool.ffmpeg(arguments(newIvf, newOgg));
            Files.move(newOgg, ogg, StandardCopyOption.REPLACE_EXISTING);
            Files.move(newIvf, ivf, StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            return Clip.read(ivf, ogg);
        } catch (Malformed malformed) {
            throw new IOException("FFmpeg made something else: " + malformed.getMessage(), malformed);
        }
    }

    private static List<String> arguments(Path ivf, Path ogg) {
        String duration = String.valueOf(SECONDS);
        return List.of(("-f lavfi -i testsrc2=s=640x360:r=" + FRAMES_PER_SECOND + ",noise=alls=6:allf=t:all_seed=1"
                        + " -f lavfi -i anoisesrc=c=pink:a=0.2:r=48000:seed=1,tremolo=f=3:d=0.9"
                        + " -t " + duration + " -map 0:v -pix_fmt yuv420p -c:v libvpx -deadline realtime -cpu-used 8"
                        + " -lag-in-frames 0 -auto-alt-ref 0 -error-resilient 1 -g " + KEY_FRAME_FRAMES
                        + " -b:v 420k -minrate 420k -maxrate 420k -bufsize 420k " + ivf
                        + " -t " + duration + " -map 1:a -ac 1 -c:a libopus -application voip -b:a 32k"
                        + " -frame_duration 20 " + ogg)
                .split(" "));
    }
}
