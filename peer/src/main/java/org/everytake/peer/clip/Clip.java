package org.everytake.peer.clip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.everytake.wire.Malformed;

/**
 * Media to be sent over and over: coded frames with their times from the beginning. Immutable.
 *
 * @param video in order; times in 1/90000 s; empty if there is none
 * @param audio in order; times by the clock rate of its encoding; empty if there is none
 * @param durationNanos after which it begins again
 */
public record Clip(
        Encoding videoEncoding, List<Unit> video, Encoding audioEncoding, List<Unit> audio, long durationNanos) {
    public static final int VIDEO_CLOCK = 90_000;

    /**
     * A frame or a packet.
     *
     * @param ticks when what it shows or sounds began to be captured
     * @param keyFrame true for all of audio
     */
    public record Unit(long ticks, byte[] bytes, boolean keyFrame) {}

    public Clip {
        video = List.copyOf(video);
        audio = List.copyOf(audio);
        if (durationNanos <= 0 || (video.isEmpty() && audio.isEmpty())) {
            throw new IllegalArgumentException("a clip of nothing");
        }
        if (!video.isEmpty() && !video.getFirst().keyFrame()) {
            throw new IllegalArgumentException("video does not begin with a key frame");
        }
    }

    /** VP8 and Opus. */
    public Clip(List<Unit> video, List<Unit> audio, long durationNanos) {
        this(Encoding.VP8, video, Encoding.OPUS, audio, durationNanos);
    }

    /** VP8, VP9 or AV1 in IVF and Opus in Ogg; the clip lasts as long as the video. */
    public static Clip read(Path ivf, Path ogg) throws IOException, Malformed {
        List<Unit> audio = OggOpusReader.read(Files.readAllBytes(ogg));
        return of(IvfReader.read(Files.readAllBytes(ivf)), Encoding.OPUS, audio);
    }

    /** H.264 in Annex B, and Opus in Ogg. */
    public static Clip readH264(Path annexB, int framesPerSecond, Path ogg) throws IOException, Malformed {
        List<Unit> audio = OggOpusReader.read(Files.readAllBytes(ogg));
        return of(AnnexBReader.read(Files.readAllBytes(annexB), framesPerSecond), Encoding.OPUS, audio);
    }

    /** Only VP8, VP9 or AV1 in IVF. */
    public static Clip readVideo(Path ivf) throws IOException, Malformed {
        return of(IvfReader.read(Files.readAllBytes(ivf)), Encoding.OPUS, List.of());
    }

    /** Only Opus in Ogg. */
    public static Clip readAudio(Path ogg) throws IOException, Malformed {
        List<Unit> audio = OggOpusReader.read(Files.readAllBytes(ogg));
        return new Clip(List.of(), audio, nanos(OggOpusReader.durationTicks(audio), Encoding.OPUS.clockRate()));
    }

    /** As long as the video: what is left of the audio is dropped. */
    static Clip of(VideoFile video, Encoding audioEncoding, List<Unit> audio) {
        long first = audio.isEmpty() ? 0 : audio.getFirst().ticks();
        long end = first + video.durationTicks() * audioEncoding.clockRate() / VIDEO_CLOCK;
        return new Clip(
                video.encoding(),
                video.frames(),
                audioEncoding,
                audio.stream().filter(unit -> unit.ticks() < end).toList(),
                nanos(video.durationTicks(), VIDEO_CLOCK));
    }

    public boolean hasVideo() {
        return !video.isEmpty();
    }

    public boolean hasAudio() {
        return !audio.isEmpty();
    }

    /** Without what RTP adds. */
    public long videoBitsPerSecond() {
        return bitsPerSecond(video);
    }

    /** Without what RTP adds. */
    public long audioBitsPerSecond() {
        return bitsPerSecond(audio);
    }

    private long bitsPerSecond(List<Unit> units) {
        long bits = 8 * units.stream().mapToLong(unit -> unit.bytes().length).sum();
        return Math.round(bits * 1e9 / durationNanos);
    }

    private static long nanos(long ticks, int clock) {
        return ticks * 1_000_000_000L / clock;
    }
}
