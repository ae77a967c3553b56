package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.everytake.bench.measure.Tool;

/** The peer: one process of the machine's FFmpeg, with as many threads as it likes, that makes a file of others. */
final class OneProcess {
    /** x264 as somebody who knows it would have it. */
    static final String USUAL = "-c:v libx264 -preset veryfast -crf 23 -pix_fmt yuv420p";

    /** As {@link #USUAL}, losing nothing. */
    static final String LOSSLESS = "-c:v libx264 -preset ultrafast -qp 0 -pix_fmt yuv420p";

    /** What ours is told; whether it is still that is seen from the files ({@link X264#settings}). */
    private static final String SAME = "-c:v libx264 -preset superfast -crf 26 -x264-params"
            + " mbtree=1:rc-lookahead=10:scenecut=0:open-gop=0:stitchable=1 -pix_fmt yuv420p";

    private static final double KEY_FRAME_SECONDS = 3.2;
    private static final String SOUND = "-c:a aac -ac 1 -b:a 96k";

    private OneProcess() {}

    /** x264 with the settings that ours has. */
    static String same(int framesPerSecond) {
        return SAME + " -g " + Math.round(KEY_FRAME_SECONDS * framesPerSecond);
    }

    /** People in a grid of 1280 × 720, four or nine of them, at 30 pictures a second, with their sound. */
    static void grid(List<Path> people, int seconds, String encoder, Path file) throws IOException {
        int count = people.size();
        int columns = (int) Math.ceil(Math.sqrt(count));
        int width = 1280 / columns & ~1;
        int height = 720 / columns & ~1;
        StringBuilder graph = new StringBuilder();
        IntStream.range(0, count)
                .forEach(i -> graph.append(String.format(
                        Locale.ROOT, "[%d:v]fps=30,scale=%d:%d:flags=bilinear,setsar=1[v%d];", i, width, height, i)));
        IntStream.range(0, count).forEach(i -> graph.append("[v").append(i).append(']'));
        graph.append("xstack=inputs=").append(count).append(":fill=black:layout=");
        IntStream.range(0, count)
                .forEach(i -> graph.append(i == 0 ? "" : "|")
                        .append(i % columns * width)
                        .append('_')
                        .append(i / columns * height));
        graph.append(",pad=1280:720:(ow-iw)/2:(oh-ih)/2[v];");
        IntStream.range(0, count).forEach(i -> graph.append('[').append(i).append(":a]"));
        graph.append("amix=inputs=").append(count).append(":normalize=0[a]");
        List<String> arguments = inputs(people, seconds);
        arguments.addAll(List.of("-filter_complex", graph.toString()));
        arguments.addAll(words("-map [v] -map [a] " + encoder + " " + SOUND + " " + file));
        Tool.ffmpeg(arguments);
    }

    /** A person alone, as MOV at 25 pictures a second and as MP3. */
    static void participant(Path person, int seconds, Path mov, Path mp3) throws IOException {
        List<String> arguments = inputs(List.of(person), seconds);
        arguments.addAll(words(movie() + mov));
        arguments.addAll(words("-map 0:a -c:a libmp3lame -b:a 128k -ac 1 " + mp3));
        Tool.ffmpeg(arguments);
    }

    /** A person alone, as MOV at 25 pictures a second. */
    static void mov(Path person, int seconds, Path mov) throws IOException {
        List<String> arguments = inputs(List.of(person), seconds);
        arguments.addAll(words(movie() + mov));
        Tool.ffmpeg(arguments);
    }

    private static String movie() {
        return "-map 0:v -r 25 " + same(25) + " -map 0:a " + SOUND + " ";
    }

    /** A film with every picture that there is. */
    static void film(Path from, int seconds, Path file) throws IOException {
        List<String> arguments = inputs(List.of(from), seconds);
        arguments.addAll(words("-an " + USUAL + " " + file));
        Tool.ffmpeg(arguments);
    }

    private static List<String> inputs(List<Path> files, int seconds) {
        List<String> arguments = new ArrayList<>(List.of("-nostdin"));
        for (Path file : files) {
            arguments.addAll(List.of("-t", String.valueOf(seconds), "-i", file.toString()));
        }
        return arguments;
    }

    private static List<String> words(String arguments) {
        return List.of(arguments.split(" "));
    }
}
