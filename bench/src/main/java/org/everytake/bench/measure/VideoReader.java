package org.everytake.bench.measure;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes a file's first video stream, every frame once, with the file's own timestamps. */
public final class VideoReader {

    private static final Pattern FRAME_TIME = Pattern.compile("showinfo.* pts_time:\\s*(-?[\\d.]+)");

    /** Gets each frame in order; the picture is only valid during the call. */
    @FunctionalInterface
    public interface Sink {
        void frame(int index, Gray picture);
    }

    private VideoReader() {}

    /** Decodes the whole video at the given size; returns each frame's time in seconds, in the same order. */
    public static double[] read(Path file, int width, int height, Sink sink) throws IOException {
        return read(file, List.of(), width, height, sink);
    }

    /** Decodes a part of the video; the times are those of the whole file. */
    static double[] read(Path file, Stretch stretch, Sink sink) throws IOException {
        return read(file, stretch.arguments(), stretch.width(), stretch.height(), sink);
    }

    private static double[] read(Path file, List<String> part, int width, int height, Sink sink) throws IOException {
        List<Double> times = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of(Tool.program("ffmpeg"), "-hide_banner", "-nostdin", "-copyts"));
        command.addAll(part);
        command.addAll(List.of(
                "-i",
                file.toString(),
                "-map",
                "0:v:0",
                "-vf",
                "scale=" + width + ":" + height + ":flags=area,format=gray,showinfo=checksum=0",
                "-vsync",
                "0",
                "-f",
                "rawvideo",
                "-"));
        int[] frames = {0};
        Tool.run(
                command,
                null,
                output -> {
                    byte[] luma = new byte[width * height];
                    for (int n = output.readNBytes(luma, 0, luma.length);
                            n > 0;
                            n = output.readNBytes(luma, 0, luma.length)) {
                        if (n < luma.length) {
                            throw new EOFException("The last picture of " + file + " is cut off");
                        }
                        sink.frame(frames[0]++, new Gray(luma, width, height));
                    }
                },
                line -> {
                    Matcher time = FRAME_TIME.matcher(line);
                    if (time.find()) {
                        times.add(Double.parseDouble(time.group(1)));
                    }
                });
        if (times.size() != frames[0]) {
            throw new IOException(file + ": " + frames[0] + " pictures but " + times.size() + " times");
        }
        return times.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** One picture at the given time, as RGB, three bytes per pixel. */
    public static byte[] rgbAt(Path file, double seconds, int width, int height) throws IOException {
        byte[][] picture = {new byte[0]};
        Tool.run(
                List.of(
                        Tool.program("ffmpeg"),
                        "-hide_banner",
                        "-nostdin",
                        "-loglevel",
                        "error",
                        "-ss",
                        Double.toString(seconds),
                        "-i",
                        file.toString(),
                        "-map",
                        "0:v:0",
                        "-frames:v",
                        "1",
                        "-vf",
                        "scale=" + width + ":" + height + ":flags=area",
                        "-pix_fmt",
                        "rgb24",
                        "-f",
                        "rawvideo",
                        "-"),
                null,
                output -> picture[0] = output.readAllBytes(),
                line -> {});
        if (picture[0].length != width * height * 3) {
            throw new IOException(file + " has no picture at " + seconds + " s");
        }
        return picture[0];
    }
}
