package org.everytake.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.everytake.render.ffmpeg.Child;
import org.everytake.render.ffmpeg.Ffmpeg;

/**
 * Takes a small picture from a film. FFmpeg gets the film through a pipe and decodes its key frames only; nothing of it
 * lies on a disk.
 */
final class Thumbnailer {
    /** The picture's size. */
    private static final String SIZE = "320:180";

    /** Mean luminance up to which a frame is dark; black is 16. */
    private static final int DARK = 24;

    /** How far into the film it goes at most, so that a long one needn't be read. */
    private static final double FARTHEST_SECONDS = 600;

    private final Ffmpeg ffmpeg;
    private final Path folder;

    Thumbnailer(Ffmpeg ffmpeg, Path folder) {
        this.ffmpeg = ffmpeg;
        this.folder = folder;
    }

    /** The first frame after a tenth of the length that is not dark, else the first such of all, else the very first. */
    byte[] jpeg(Renderer.Film film, double lengthSeconds) throws RenderFault, IOException, InterruptedException {
        String tenth = String.format(Locale.ROOT, "%.3f", Math.min(lengthSeconds / 10, FARTHEST_SECONDS));
        String bright =
                "signalstats,metadata=mode=select:key=lavfi.signalstats.YAVG:value=" + DARK + ":function=greater,";
        for (String filter : List.of("select='gte(t," + tenth + ")'," + bright, bright, "")) {
            byte[] picture = frame(film, filter + "scale=" + SIZE);
            if (picture.length > 0) {
                return picture;
            }
        }
        throw new RenderFault("There is no picture in the film.");
    }

    private byte[] frame(Renderer.Film film, String filter) throws RenderFault, IOException, InterruptedException {
        List<String> arguments = List.of(
                "-skip_frame",
                "nokey",
                "-i",
                "pipe:0",
                "-an",
                "-vf",
                filter,
                "-frames:v",
                "1",
                "-pix_fmt",
                "yuvj420p",
                "-q:v",
                "4",
                "-f",
                "mjpeg",
                "pipe:1");
        try (Child child = Child.start(ffmpeg, arguments, folder);
                InputStream in = film.open()) {
            Thread feeding = Thread.ofVirtual().name("thumbnail").start(() -> feed(in, child));
            byte[] picture = child.output().readAllBytes();
            child.await();
            feeding.join();
            return picture;
        }
    }

    /** Until its end, or until FFmpeg has what it wants and closes the pipe. */
    private static void feed(InputStream in, Child child) {
        try (OutputStream out = child.input()) {
            in.transferTo(out);
        } catch (IOException closed) {
            // If it was not that, FFmpeg has no picture and says why.
            Thread.currentThread().setName("thumbnail, " + closed.getMessage());
        }
    }
}
