package org.everytake.bench.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file's sound as mono samples on the file's own time line: sample n is heard at n / rate seconds. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Samples(short[] values, int rate) {

    /** Enough for pitches up to 7 kHz, and 32 samples to a window of 2 ms. */
    public static final int RATE = 16_000;

    /** Decodes the first audio stream; gaps in it become silence, a late start too. */
    public static Samples read(Path file) throws IOException {
        return read(file, List.of(), "aresample=" + RATE + ":async=1:min_hard_comp=0.01:first_pts=0");
    }

    /** Decodes a part of it, without gaps: sample n is heard at n / rate seconds after the part's beginning. */
    static Samples read(Path file, Stretch stretch) throws IOException {
        return read(file, stretch.arguments(), "aresample=" + RATE);
    }

    private static Samples read(Path file, List<String> part, String filter) throws IOException {
        byte[][] bytes = {new byte[0]};
        List<String> command = new ArrayList<>(
                List.of(Tool.program("ffmpeg"), "-hide_banner", "-nostdin", "-loglevel", "error", "-copyts"));
        command.addAll(part);
        command.addAll(List.of("-i", file.toString(), "-map", "0:a:0", "-af", filter, "-ac", "1", "-f", "s16le", "-"));
        Tool.run(command, null, output -> bytes[0] = output.readAllBytes(), line -> {});
        ShortBuffer shorts =
                ByteBuffer.wrap(bytes[0]).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        short[] values = new short[shorts.remaining()];
        shorts.get(values);
        return new Samples(values, RATE);
    }

    public double durationSeconds() {
        return (double) values.length / rate;
    }

    /** Root mean square of the samples between two times, 0 to 32767. */
    public double rms(double fromSeconds, double toSeconds) {
        int from = Math.clamp((long) (fromSeconds * rate), 0, values.length);
        int to = Math.clamp((long) (toSeconds * rate), from, values.length);
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) values[i] * values[i];
        }
        return to == from ? 0 : Math.sqrt(sum / (to - from));
    }

    /** When the last 10 ms that are louder than the given level end; 0 if there are none. */
    public double lastSoundSeconds(double level) {
        int window = rate / 100;
        for (int end = values.length; end >= window; end -= window) {
            if (rms((double) (end - window) / rate, (double) end / rate) > level) {
                return (double) end / rate;
            }
        }
        return 0;
    }

    /** When the first 10 ms that are louder than the given level begin; the duration if there are none. */
    public double firstSoundSeconds(double level) {
        int window = rate / 100;
        for (int from = 0; from + window <= values.length; from += window) {
            if (rms((double) from / rate, (double) (from + window) / rate) > level) {
                return (double) from / rate;
            }
        }
        return durationSeconds();
    }
}
