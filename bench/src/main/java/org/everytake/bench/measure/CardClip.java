package org.everytake.bench.measure;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws and plays a {@link TestCard} into a file: what a participant sends, with known times. */
public final class CardClip {

    private static final int AUDIO_RATE = 48_000;

    private CardClip() {}

    /**
     * Makes a clip of the card: each frame shows its own time, flash and beep begin at multiples of the period.
     *
     * @param soundDelaySeconds how much later than the picture the sound is; negative is earlier
     * @param encoding FFmpeg's arguments for codecs, before the file's name
     */
    public static void write(
            Path file,
            TestCard card,
            int framesPerSecond,
            double seconds,
            double soundDelaySeconds,
            List<String> encoding)
            throws IOException {
        Path sound = Files.createTempFile("card", ".pcm");
        try {
            writeSound(sound, card, seconds, soundDelaySeconds);
            List<String> arguments = new ArrayList<>(List.of(
                    "-f",
                    "rawvideo",
                    "-pix_fmt",
                    "rgb24",
                    "-s",
                    TestCard.WIDTH + "x" + TestCard.HEIGHT,
                    "-r",
                    Integer.toString(framesPerSecond),
                    "-i",
                    "-",
                    "-f",
                    "s16le",
                    "-ar",
                    Integer.toString(AUDIO_RATE),
                    "-ac",
                    "1",
                    "-i",
                    sound.toString()));
            arguments.addAll(encoding);
            arguments.add(file.toString());
            Tool.ffmpeg(arguments, input -> writePictures(input, card, framesPerSecond, seconds));
        } finally {
            Files.delete(sound);
        }
    }

    private static void writePictures(OutputStream output, TestCard card, int framesPerSecond, double seconds)
            throws IOException {
        byte[] rgb = new byte[TestCard.WIDTH * TestCard.HEIGHT * 3];
        long frames = Math.round(seconds * framesPerSecond);
        for (long n = 0; n < frames; n++) {
            draw(rgb, card, (double) n / framesPerSecond);
            output.write(rgb);
        }
    }

    /** Draws the card as it looks at a time into an RGB picture of the card's size. */
    static void draw(byte[] rgb, TestCard card, double seconds) {
        Region whole = new Region(0, 0, TestCard.WIDTH, TestCard.HEIGHT);
        fill(rgb, whole, card.rgb());
        boolean[] cells = BitClock.cells(Math.round(seconds * 1000));
        double width = (TestCard.CLOCK_RIGHT - TestCard.CLOCK_LEFT) / TestCard.CLOCK_COLUMNS;
        double height = (TestCard.CLOCK_BOTTOM - TestCard.CLOCK_TOP) / 2;
        for (int i = 0; i < cells.length; i++) {
            double left = TestCard.CLOCK_LEFT + width * (i % TestCard.CLOCK_COLUMNS);
            int row = i / TestCard.CLOCK_COLUMNS;
            double top = TestCard.CLOCK_TOP + height * row;
            fill(rgb, whole.part(left, top, left + width, top + height), cells[i] ? 0xffffff : 0);
        }
        double phase = (seconds + 1e-6) % card.periodSeconds();
        fill(rgb, TestCard.flash(whole), phase < TestCard.FLASH_SECONDS ? 0xffffff : 0);
    }

    private static void fill(byte[] rgb, Region region, int color) {
        for (int y = region.y(); y < region.y() + region.height(); y++) {
            for (int x = region.x(); x < region.x() + region.width(); x++) {
                int at = (y * TestCard.WIDTH + x) * 3;
                rgb[at] = (byte) (color >> 16);
                rgb[at + 1] = (byte) (color >> 8);
                rgb[at + 2] = (byte) color;
            }
        }
    }

    private static void writeSound(Path file, TestCard card, double seconds, double delaySeconds) throws IOException {
        ByteBuffer samples =
                ByteBuffer.allocate(2 * (int) Math.round(seconds * AUDIO_RATE)).order(ByteOrder.LITTLE_ENDIAN);
        while (samples.hasRemaining()) {
            double time = samples.position() / 2.0 / AUDIO_RATE - delaySeconds;
            double value = TestCard.HUM_AMPLITUDE * Math.sin(2 * Math.PI * card.humHz() * time)
                    + TestCard.BEEP_AMPLITUDE * gain(card, time) * Math.sin(2 * Math.PI * card.pitchHz() * time);
            samples.putShort((short) Math.round(value * Short.MAX_VALUE));
        }
        Files.write(file, Arrays.copyOf(samples.array(), samples.position()));
    }

    /** The beep's envelope: a ramp whose middle is at the multiple of the period, so that half loudness is the onset. */
    private static double gain(TestCard card, double time) {
        double half = TestCard.RAMP_SECONDS / 2;
        double phase = (time + half) % card.periodSeconds() - half;
        if (time < -half) {
            return 0;
        }
        double up = (phase + half) / TestCard.RAMP_SECONDS;
        double down = (TestCard.BEEP_SECONDS + half - phase) / TestCard.RAMP_SECONDS;
        return Math.clamp(Math.min(up, down), 0.0, 1.0);
    }
}
