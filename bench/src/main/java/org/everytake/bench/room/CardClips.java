package org.everytake.bench.room;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.everytake.bench.measure.CardClip;
import org.everytake.bench.measure.TestCard;
import org.everytake.peer.clip.Clip;
import org.everytake.wire.Malformed;

/** Test cards as VP8 and Opus, made once and kept in the user's cache. */
public final class CardClips {

    /** What a clip's picture is like. */
    private record Picture(int width, int height, int framesPerSecond, int kilobitsPerSecond) {
        private static final Picture USUAL = new Picture(TestCard.WIDTH, TestCard.HEIGHT, 30, 800);
        private static final Picture SMALL = new Picture(160, 90, 5, 60);
    }

    private final Path folder;
    private final int seconds;
    private final Picture picture;

    private CardClips(Path folder, int seconds, Picture picture) {
        this.folder = folder;
        this.seconds = seconds;
        this.picture = picture;
    }

    /**
     * In the place that the desktop's conventions give to caches.
     *
     * @param seconds how long they are
     */
    public static CardClips inCache(int seconds) {
        return new CardClips(cache(), seconds, Picture.USUAL);
    }

    /** The same of 160 by 90 pixels at 5 frames a second. */
    public static CardClips smallInCache(int seconds) {
        return new CardClips(cache(), seconds, Picture.SMALL);
    }

    /** The folder of clips in the user's cache. */
    public static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path cache = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return cache.resolve("everytake").resolve("clips");
    }

    /** The clip of a card, made now if it is not there yet. */
    public Clip get(TestCard card) throws IOException {
        Files.createDirectories(folder);
        String name = "card-1-" + card.name() + "-" + seconds + (picture == Picture.SMALL ? "-small" : "");
        Path ivf = folder.resolve(name + ".ivf");
        Path ogg = folder.resolve(name + ".ogg");
        if (!Files.exists(ivf) || !Files.exists(ogg)) {
            make(card, ivf, ogg);
        }
        try {
            return Clip.read(ivf, ogg);
        } catch (Malformed malformed) {
            throw new IOException("FFmpeg made something else: " + malformed.getMessage(), malformed);
        }
    }

    private void make(TestCard card, Path ivf, Path ogg) throws IOException {
        Path newIvf = folder.resolve("new.ivf");
        Path newOgg = folder.resolve("new.ogg");
        CardClip.write(
                newOgg,
                card,
                picture.framesPerSecond(),
                seconds,
                0,
                List.of(
                        "-map",
                        "0:v",
                        "-s",
                        picture.width() + "x" + picture.height(),
                        "-c:v",
                        "libvpx",
                        "-deadline",
                        "realtime",
                        "-cpu-used",
                        "8",
                        "-lag-in-frames",
                        "0",
                        "-auto-alt-ref",
                        "0",
                        "-b:v",
                        picture.kilobitsPerSecond() + "k",
                        "-g",
                        "30",
                        newIvf.toString(),
                        "-map",
                        "1:a",
                        "-c:a",
                        "libopus",
                        "-b:a",
                        "48k",
                        "-frame_duration",
                        "20"));
        Files.move(newIvf, ivf, StandardCopyOption.REPLACE_EXISTING);
        Files.move(newOgg, ogg, StandardCopyOption.REPLACE_EXISTING);
    }
}
