package org.everytake.peer.clip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.everytake.wire.Malformed;

/**
 * A clip that says whose it is: a picture of one colour that flashes white for 3 frames every 31 frames at 30 fps, and
 * with each flash a beep of 100 ms. Each flash begins with a key frame. Made by FFmpeg and kept in a folder.
 *
 * @param color as FFmpeg takes it, such as {@code 0x2060C0}
 * @param pitchHz of the beep
 * @param width in pixels, even
 * @param height in pixels, even
 * @param videoKilobits per second
 * @param loops of 3.1 s, the least time after which frames, flashes and audio packets all begin anew
 */
public record FlashClip(
        String color,
        int pitchHz,
        int width,
        int height,
        int videoKilobits,
        int loops,
        Encoding videoEncoding,
        Encoding audioEncoding) {
    public static final int FRAMES_PER_SECOND = 30;

    /** From one flash to the next. */
    public static final int PERIOD_FRAMES = 31;

    public static final int FRAMES_PER_LOOP = 93;

    /** From one flash, and beep, to the next. */
    public static final double PERIOD_SECONDS = (double) PERIOD_FRAMES / FRAMES_PER_SECOND;

    private static final int ENCODING_SECONDS = 120;

    public FlashClip {
        if (!color.matches("0x[0-9A-Fa-f]{6}") || pitchHz < 50 || loops < 1 || (width & 1) != 0 || (height & 1) != 0) {
            throw new IllegalArgumentException("no flash clip of " + color + " " + pitchHz + " Hz x" + loops);
        }
    }

    /** VP8 and Opus. */
    public FlashClip(String color, int pitchHz, int width, int height, int videoKilobits, int loops) {
        this(color, pitchHz, width, height, videoKilobits, loops, Encoding.VP8, Encoding.OPUS);
    }

    /** 320 by 180, 200 kbit/s, 31 s. */
    public static FlashClip small(String color, int pitchHz) {
        return new FlashClip(color, pitchHz, 320, 180, 200, 10);
    }

    /** The same coded otherwise: as VP8, VP9, H.264 or AV1, and as Opus, PCMU or PCMA. */
    public FlashClip coded(Encoding video, Encoding audio) {
        return new FlashClip(color, pitchHz, width, height, videoKilobits, loops, video, audio);
    }

    /**
     * Reads the clip from a folder, into which it is made first if it is not there.
     *
     * @throws IOException if FFmpeg is missing or fails
     */
    public Clip in(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String name = String.format(Locale.ROOT, "flash-%s-%d", color, pitchHz);
        String size = String.format(Locale.ROOT, "-%dx%d-%dk", width, height, videoKilobits);
        Path video = folder.resolve(name + size + "-" + loops + "." + videoEncoding.name());
        Path audio = folder.resolve(name + "-" + loops + "." + audioEncoding.name());
        if (!Files.exists(video)) {
            make(video, videoArguments());
        }
        if (!Files.exists(audio)) {
            make(audio, audioArguments());
        }
        try {
            return Clip.of(readVideo(video), audioEncoding, readAudio(audio));
        } catch (Malformed e) {
            throw new IOException("FFmpeg made something else: " + e.getMessage(), e);
        }
    }

    private VideoFile readVideo(Path file) throws IOException, Malformed {
        byte[] bytes = Files.readAllBytes(file);
        return videoEncoding.is(Encoding.H264) ? AnnexBReader.read(bytes, FRAMES_PER_SECOND) : IvfReader.read(bytes);
    }

    private List<Clip.Unit> readAudio(Path file) throws IOException, Malformed {
        byte[] bytes = Files.readAllBytes(file);
        return audioEncoding.is(Encoding.OPUS) ? OggOpusReader.read(bytes) : PcmReader.read(bytes);
    }

    private List<String> videoArguments() {
        String seconds = String.valueOf(loops * FRAMES_PER_LOOP / (double) FRAMES_PER_SECOND);
        String source = source(color, width, height, seconds) + "[whole];";
        // A box that wanders keeps the encoder busy as a person would.
        String box = source("0x808080", width / 4, height / 4, seconds) + "[box];"
                + "[whole][box]overlay=x=mod(n*3\\,W*3/4):y=H*2/3";
        String flash = "drawbox=x=0:y=0:w=iw:h=ih:color=white:t=fill:enable=lt(mod(n\\," + PERIOD_FRAMES + ")\\,3)";
        List<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", source + box + "," + flash));
        arguments.addAll(List.of("-frames:v", String.valueOf(loops * FRAMES_PER_LOOP)));
        arguments.addAll(EncoderArguments.video(videoEncoding, videoKilobits, PERIOD_FRAMES));
        return arguments;
    }

    private static String source(String color, int width, int height, String seconds) {
        return "color=c=" + color + ":s=" + width + "x" + height + ":r=" + FRAMES_PER_SECOND + ":d=" + seconds;
    }

    private List<String> audioArguments() {
        String beep = "if(lt(mod(t\\," + PERIOD_FRAMES + "/" + FRAMES_PER_SECOND + ")\\,0.1)\\,0.4*sin(2*PI*" + pitchHz
                + "*t)\\,0)+0.02*sin(2*PI*180*t)";
        double seconds = loops * FRAMES_PER_LOOP / (double) FRAMES_PER_SECOND + 0.1;
        String sound = "aevalsrc=exprs=" + beep + ":s=48000:c=mono:d=" + seconds;
        List<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", sound));
        arguments.addAll(EncoderArguments.audio(audioEncoding));
        return arguments;
    }

    private static void make(Path file, List<String> arguments) throws IOException, InterruptedException {
        Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "making-", ".tmp");
        Path said = Files.createTempFile(file.toAbsolutePath().getParent(), "making-", ".log");
        try {
            List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
            command.addAll(arguments);
            command.add(made.toString());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(ENCODING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("FFmpeg takes longer than " + ENCODING_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("FFmpeg failed: " + Files.readString(said).strip());
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(said);
        }
    }
}
