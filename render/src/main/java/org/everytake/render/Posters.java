package org.everytake.render;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.everytake.render.ffmpeg.Child;
import org.everytake.render.ffmpeg.Ffmpeg;

/**
 * Takes a picture from a film, and makes it small. FFmpeg gets the film through a pipe and decodes its key frames only;
 * nothing of it lies on a disk.
 */
final class Posters {
    /** The size of the small one. */
    private static final String SIZE = "320:180";

    /** Mean luminance up to which a frame is dark; black is 16. */
    private static final int DARK = 24;

    /** How far into the film it goes at most, so that a long one needn't be read. */
    private static final double FARTHEST_SECONDS = 600;

    /** Of the large one, 2 being best: what is left of a face in it is seen. */
    private static final int FINE = 2;

    private static final int GOOD = 4;

    private final Ffmpeg ffmpeg;
    private final Path folder;

    Posters(Ffmpeg ffmpeg, Path folder) {
        this.ffmpeg = ffmpeg;
        this.folder = folder;
    }

    /** The first frame after a tenth of the length that is not dark, else the first such of all, else the very first. */
    byte[] poster(Renderer.Film film, double lengthSeconds) throws RenderFault, IOException, InterruptedException {
        String tenth = String.format(Locale.ROOT, "%.3f", Math.min(lengthSeconds / 10, FARTHEST_SECONDS));
        String bright =
                "signalstats,metadata=mode=select:key=lavfi.signalstats.YAVG:value=" + DARK + ":function=greater";
        List<String> keyFrames = List.of("-skip_frame", "nokey");
        for (String filter : List.of("select='gte(t," + tenth + ")'," + bright, bright, "null")) {
            byte[] picture = frame(film, keyFrames, filter, FINE);
            if (picture.length > 0) {
                return picture;
            }
        }
        throw new RenderFault("There is no picture in the film.");
    }

    byte[] thumbnail(byte[] poster) throws RenderFault, IOException, InterruptedException {
        byte[] small = frame(() -> new ByteArrayInputStream(poster), List.of("-f", "mjpeg"), "scale=" + SIZE, GOOD);
        if (small.length == 0) {
            throw new RenderFault("The picture of the film cannot be made small.");
        }
        return small;
    }

    /** @param reading what FFmpeg is told of what it reads */
    private byte[] frame(Renderer.Film film, List<String> reading, String filter, int quality)
            throws RenderFault, IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(reading);
        arguments.addAll(List.of("-i", "pipe:0", "-an", "-vf", filter, "-frames:v", "1"));
        arguments.addAll(List.of("-pix_fmt", "yuvj420p", "-q:v", String.valueOf(quality), "-f", "mjpeg", "pipe:1"));
        try (Child child = Child.start(ffmpeg, arguments, folder);
                InputStream in = film.open()) {
            Thread feeding = Thread.ofVirtual().name("poster").start(() -> feed(in, child));
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
            Thread.currentThread().setName("poster, " + closed.getMessage());
        }
    }
}
