package org.everytake.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.everytake.render.mp4.AudioSamples;
import org.everytake.render.mp4.Movie;
import org.everytake.render.mp4.Mp4Writer;
import org.everytake.render.mp4.VideoSamples;
import org.everytake.render.sound.CodedSound;
import org.everytake.render.sound.OpusPackets;
import org.everytake.render.sound.SoundFormat;
import org.everytake.render.webm.Blocks;
import org.everytake.render.webm.WebmFilm;
import org.everytake.render.webm.WebmTrack;
import org.everytake.render.webm.WebmWriter;

/**
 * How picture and sound become one file.
 *
 * @param sound how the sound is coded in it
 */
record Muxer<S extends CodedSound>(SoundFormat<S> sound, Writer<S> writer) {
    /** MP4 and MOV, the index first. */
    static final Muxer<AudioSamples> MP4 = new Muxer<>(SoundFormat.AAC, (plan, media, file, counter) -> {
        Movie movie = new Movie(plan.preset(), media.pictures, media.sounds, plan.samples(), plan.chapters());
        return Mp4Writer.write(file, movie, media.coded, media.codedSound, counter::written);
    });

    /** WebM, the index first. */
    static final Muxer<OpusPackets> WEBM = new Muxer<>(
            SoundFormat.OPUS,
            (plan, media, file, counter) -> WebmWriter.write(
                    file, film(plan, media), List.of(media.coded, media.codedSound), counter::written));

    /**
     * What has been coded.
     *
     * @param coded the pictures, back to back
     * @param codedSound the sounds, back to back
     */
    record Media<S extends CodedSound>(VideoSamples pictures, InputStream coded, S sounds, InputStream codedSound) {}

    /** Hears how many bytes are written. */
    @FunctionalInterface
    interface Counter {
        void written(long bytes, long all);
    }

    /** Writes the file strictly forwards, and gives its size. */
    @FunctionalInterface
    interface Writer<S extends CodedSound> {
        long write(RenderPlan plan, Media<S> media, OutputStream file, Counter counter) throws IOException;
    }

    private static WebmFilm film(RenderPlan plan, Media<OpusPackets> media) {
        Preset preset = plan.preset();
        long frameNanos = 1_000_000_000L / preset.framesPerSecond();
        Blocks pictures = new Blocks();
        for (int i = 0; i < media.pictures.count(); i++) {
            pictures.add(
                    media.pictures.shownAt(i) * 1_000_000_000L / preset.framesPerSecond(),
                    media.pictures.size(i),
                    media.pictures.isKey(i));
        }
        WebmTrack picture = WebmTrack.pictures(
                "V_" + preset.coded().coding(),
                media.pictures.decoderConfiguration(),
                "",
                preset.canvas().width(),
                preset.canvas().height(),
                frameNanos,
                pictures);
        return new WebmFilm(
                plan.title(), plan.durationNanos(), plan.chapters(), List.of(picture, sound(plan, media.sounds)));
    }

    private static WebmTrack sound(RenderPlan plan, OpusPackets packets) {
        Blocks blocks = new Blocks();
        long samples = 0;
        for (int i = 0; i < packets.count(); i++) {
            blocks.add(nanos(samples), packets.size(i), true);
            samples += packets.durationSamples(i);
        }
        long padding = packets.coveredSamples() - plan.samples();
        return WebmTrack.opus(packets.head(), "", nanos(packets.preSkipSamples()), nanos(padding), blocks);
    }

    private static long nanos(long samples) {
        return samples * 1_000_000_000L / 48_000;
    }
}
