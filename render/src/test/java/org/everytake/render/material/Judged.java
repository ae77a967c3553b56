package org.everytake.render.material;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.everytake.render.Rect;

/** A file, judged by what is seen and heard in it. */
public final class Judged {
    private static final int RATE = 48_000;

    /** No picture is shown for longer. */
    private static final double LONGEST_SECONDS = 3.2;

    private final String file;
    private final int framesPerSecond;

    public Judged(Path file, int framesPerSecond) {
        this.file = file.toString();
        this.framesPerSecond = framesPerSecond;
    }

    /** A field of {@code ffprobe}, for instance {@code stream=codec_name} of {@code v:0}; warnings are errors. */
    public String probe(String stream, String entries) throws IOException {
        return Tools.text(
                        "ffprobe",
                        "-v",
                        "warning",
                        "-select_streams",
                        stream,
                        "-show_entries",
                        entries,
                        "-of",
                        "default=nw=1:nk=1",
                        file)
                .strip();
    }

    /** Decodes all of it; a warning is an error. */
    public void decodes() throws IOException {
        Tools.run("ffmpeg", "-nostdin", "-v", "warning", "-i", file, "-f", "null", "-");
    }

    /** Mean red, green and blue of a part of the picture that is seen on the first tick from a time on. */
    public int[] colour(double seconds, Rect at) throws IOException {
        // what is seen may have begun a while ago
        double from = Math.max(0, Math.floor(seconds * framesPerSecond) / framesPerSecond - LONGEST_SECONDS);
        byte[] pixel = Tools.run(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-ss",
                String.format(Locale.ROOT, "%.3f", from),
                "-i",
                file,
                "-frames:v",
                "1",
                "-vf",
                String.format(
                                Locale.ROOT,
                                "fps=%d,select='gte(t,%.4f)',%s",
                                framesPerSecond,
                                seconds - from - 0.0005,
                                crop(at))
                        + ",scale=1:1:flags=area,format=rgb24",
                "-f",
                "rawvideo",
                "pipe:1");
        return new int[] {pixel[0] & 0xFF, pixel[1] & 0xFF, pixel[2] & 0xFF};
    }

    /** When white flashes begin in a part of the picture: the time of the first bright frame. */
    public List<Double> flashes(Rect at) throws IOException {
        byte[] luma = Tools.run(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                file,
                "-vf",
                "fps=" + framesPerSecond + "," + crop(at) + ",scale=1:1:flags=area,format=gray",
                "-f",
                "rawvideo",
                "pipe:1");
        List<Double> onsets = new ArrayList<>();
        for (int i = 1; i < luma.length; i++) {
            if ((luma[i] & 0xFF) > 190 && (luma[i - 1] & 0xFF) <= 190) {
                onsets.add((double) i / framesPerSecond);
            }
        }
        return onsets;
    }

    /** How many frames there are at its rate, whether each is coded or the one before lasts. */
    public int frames() throws IOException {
        return frames("fps=" + framesPerSecond + ",");
    }

    /** How many frames are coded. */
    public int codedFrames() throws IOException {
        return frames("");
    }

    private int frames(String rate) throws IOException {
        return Tools.run(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-i",
                        file,
                        "-fps_mode",
                        "passthrough",
                        "-vf",
                        rate + "scale=1:1,format=gray",
                        "-f",
                        "rawvideo",
                        "pipe:1")
                .length;
    }

    /** When each coded frame is shown, in seconds, as they follow each other. */
    public List<Double> shown() throws IOException {
        return probe("v:0", "packet=pts_time")
                .lines()
                .map(Double::valueOf)
                .sorted()
                .toList();
    }

    /** When the frames are shown that can be decoded without others, in seconds. */
    public List<Double> keyFrames() throws IOException {
        String[] timesAndFlags = probe("v:0", "packet=pts_time,flags").split("\n");
        List<Double> times = new ArrayList<>();
        for (int i = 0; i + 1 < timesAndFlags.length; i += 2) {
            if (timesAndFlags[i + 1].startsWith("K")) {
                times.add(Double.valueOf(timesAndFlags[i]));
            }
        }
        return times;
    }

    public short[] samples() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Tools.run(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-i",
                        file,
                        "-vn",
                        "-f",
                        "s16le",
                        "-ac",
                        "1",
                        "-ar",
                        String.valueOf(RATE),
                        "pipe:1"))
                .order(ByteOrder.LITTLE_ENDIAN);
        short[] samples = new short[bytes.remaining() / 2];
        bytes.asShortBuffer().get(samples);
        return samples;
    }

    /** When beeps of a pitch begin: where a narrow band's envelope crosses half its peak, with 300 ms of calm before. */
    public static List<Double> beeps(short[] samples, double pitchHz) {
        int window = (int) (RATE / pitchHz * 2);
        double[] envelope = new double[samples.length - window];
        double re = 0;
        double im = 0;
        double peak = 0;
        for (int i = 0; i < samples.length; i++) {
            double phase = 2 * Math.PI * pitchHz * i / RATE;
            re += samples[i] * Math.cos(phase);
            im += samples[i] * Math.sin(phase);
            if (i >= window) {
                double old = 2 * Math.PI * pitchHz * (i - window) / RATE;
                re -= samples[i - window] * Math.cos(old);
                im -= samples[i - window] * Math.sin(old);
                envelope[i - window] = Math.hypot(re, im) / window;
                peak = Math.max(peak, envelope[i - window]);
            }
        }
        List<Double> onsets = new ArrayList<>();
        int lastLoud = -RATE;
        for (int i = 0; i < envelope.length; i++) {
            if (envelope[i] > peak / 2) {
                if (i - lastLoud > RATE * 3 / 10) {
                    onsets.add((i + window / 2.0) / RATE);
                }
                lastLoud = i;
            }
        }
        return onsets;
    }

    /** For each beep, how far it comes after the nearest flash, in milliseconds. */
    public static List<Double> offsetsMillis(List<Double> flashes, List<Double> beeps) {
        return beeps.stream()
                .map(beep -> flashes.stream()
                        .mapToDouble(flash -> (beep - flash) * 1000)
                        .reduce((a, b) -> Math.abs(a) < Math.abs(b) ? a : b)
                        .orElse(Double.NaN))
                .toList();
    }

    public static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String crop(Rect at) {
        return "crop=" + at.width() + ":" + at.height() + ":" + at.x() + ":" + at.y();
    }
}
