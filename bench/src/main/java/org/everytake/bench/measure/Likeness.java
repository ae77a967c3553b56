package org.everytake.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.everytake.bench.server.ThrowAwayFolder;

/** How like one film is to another, picture by picture, by FFmpeg's own measures. */
public final class Likeness {
    private static final Pattern SSIM = Pattern.compile("All:([0-9.]+)");
    private static final Pattern PSNR = Pattern.compile("psnr_avg:(inf|[0-9.]+)");

    private Likeness() {}

    /** Structural similarity of all planes, 1 for the same picture; the mean over all pictures. */
    public static double ssim(Path film, Path reference) throws IOException {
        return numbers(film, reference, "[0:v][1:v]ssim=shortest=1:stats_file=", SSIM).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Peak signal to noise in dB of each picture, infinite where it is the same, with both films brought onto one grid by
     * their own times.
     */
    public static List<Double> psnr(Path film, Path reference, int framesPerSecond) throws IOException {
        String grid = "fps=" + framesPerSecond;
        return numbers(
                film, reference, "[0:v]" + grid + "[a];[1:v]" + grid + "[b];[a][b]psnr=shortest=1:stats_file=", PSNR);
    }

    /** Of each picture on such a grid, whether it is the very same as the one before. */
    public static List<Boolean> held(Path film, int framesPerSecond) throws IOException {
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-likeness")) {
            Path sums = folder.path().resolve("sums");
            Tool.ffmpeg(List.of(
                    "-nostdin",
                    "-max_error_rate",
                    "1",
                    "-i",
                    film.toString(),
                    "-map",
                    "0:v",
                    "-vf",
                    "fps=" + framesPerSecond,
                    "-f",
                    "framemd5",
                    sums.toString()));
            List<Boolean> held = new ArrayList<>();
            String before = "";
            for (String line : Files.readAllLines(sums)) {
                if (!line.startsWith("#")) {
                    String sum = line.substring(line.lastIndexOf(',') + 1).strip();
                    held.add(sum.equals(before));
                    before = sum;
                }
            }
            return held;
        }
    }

    private static List<Double> numbers(Path film, Path reference, String graph, Pattern number) throws IOException {
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-likeness")) {
            Path stats = folder.path().resolve("stats");
            Tool.ffmpeg(List.of(
                    "-nostdin",
                    "-max_error_rate",
                    "1",
                    "-i",
                    film.toString(),
                    "-i",
                    reference.toString(),
                    "-lavfi",
                    graph + stats,
                    "-f",
                    "null",
                    "-"));
            List<Double> numbers = new ArrayList<>();
            for (String line : Files.readAllLines(stats)) {
                Matcher found = number.matcher(line);
                if (!found.find()) {
                    throw new IOException("FFmpeg compared " + film + " and said: " + line);
                }
                String value = found.group(1);
                numbers.add(value.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value));
            }
            return numbers;
        }
    }
}
