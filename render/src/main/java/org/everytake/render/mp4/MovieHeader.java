package org.everytake.render.mp4;

import java.util.List;
import org.everytake.render.mp4.Interleaving.Run;

/** The {@code moov}: the index that a player reads first. All its times are in samples at 48 kHz. */
final class MovieHeader {
    private static final int UNDETERMINED_LANGUAGE = 0x55C4; // "und", three times five bits

    private final Movie movie;
    private final SampleTables tables;

    MovieHeader(Movie movie, List<Run> runs, long dataStart) {
        this.movie = movie;
        this.tables = new SampleTables(movie, runs, dataStart);
    }

    byte[] bytes() {
        return new BoxWriter().box("moov", this::into).toByteArray();
    }

    private void into(BoxWriter moov) {
        int version = version(movie.samples());
        moov.fullBox("mvhd", version, 0, box -> {
            box.time(version, 0).time(version, 0).u32(Movie.AUDIO_RATE).time(version, movie.samples());
            box.u32(0x0001_0000).u16(0x0100).zeros(10);
            matrix(box);
            box.zeros(24).u32(3); // the next track
        });
        moov.box("trak", this::videoTrack);
        moov.box("trak", this::audioTrack);
        if (!movie.chapters().isEmpty() && !movie.isQuickTime()) {
            moov.box("udta", data -> ChapterList.into(data, movie.chapters()));
        }
    }

    private void videoTrack(BoxWriter track) {
        trackHeader(
                track,
                1,
                0,
                movie.preset().canvas().width(),
                movie.preset().canvas().height());
        edit(track, movie.video().delay() * Movie.TICK);
        track.box("mdia", media -> {
            mediaHeader(media, movie.videoTimescale(), movie.video().ticks() * Movie.TICK);
            handler(media, "mhlr", "vide", "Picture");
            media.box("minf", info -> {
                info.fullBox("vmhd", 0, 1, box -> box.zeros(8));
                dataReference(info);
                tables.video(info);
            });
        });
    }

    private void audioTrack(BoxWriter track) {
        trackHeader(track, 2, 0x0100, 0, 0);
        edit(track, AudioSamples.PRIMING_SAMPLES);
        track.box("mdia", media -> {
            mediaHeader(media, Movie.AUDIO_RATE, (long) movie.audio().count() * AudioSamples.FRAME_SAMPLES);
            handler(media, "mhlr", "soun", "Sound");
            media.box("minf", info -> {
                info.fullBox("smhd", 0, 0, box -> box.zeros(4));
                dataReference(info);
                tables.audio(info);
            });
        });
    }

    private void trackHeader(BoxWriter track, int id, int volume, int width, int height) {
        int version = version(movie.samples());
        track.fullBox(
                "tkhd",
                version,
                3,
                box -> { // enabled, in the movie
                    box.time(version, 0).time(version, 0).u32(id).u32(0).time(version, movie.samples());
                    box.zeros(8).u16(0).u16(id == 2 ? 1 : 0).u16(volume).u16(0);
                    matrix(box);
                    box.u32((long) width << 16).u32((long) height << 16);
                });
    }

    /** Leaves out what an encoder puts before the first picture and the first sample: both start at zero exactly. */
    private void edit(BoxWriter track, long mediaTime) {
        int version = version(movie.samples());
        track.box(
                "edts",
                edits -> edits.fullBox(
                        "elst",
                        version,
                        0,
                        box -> box.u32(1)
                                .time(version, movie.samples())
                                .time(version, mediaTime)
                                .u32(0x0001_0000)));
    }

    private void mediaHeader(BoxWriter media, int timescale, long duration) {
        int version = version(duration);
        media.fullBox(
                "mdhd",
                version,
                0,
                box -> box.time(version, 0)
                        .time(version, 0)
                        .u32(timescale)
                        .time(version, duration)
                        .u16(UNDETERMINED_LANGUAGE)
                        .u16(0));
    }

    /** In QuickTime the component type is told and the name is counted, in MP4 it is zero and the name ends with zero. */
    private void handler(BoxWriter parent, String component, String type, String name) {
        parent.fullBox("hdlr", 0, 0, box -> {
            if (movie.isQuickTime()) {
                box.fourCc(component).fourCc(type).zeros(12).u8(name.length()).fourCc(name);
            } else {
                box.u32(0).fourCc(type).zeros(12).fourCc(name).u8(0);
            }
        });
    }

    private void dataReference(BoxWriter info) {
        if (movie.isQuickTime()) {
            handler(info, "dhlr", "url ", "Data");
        }
        info.box("dinf", data -> data.fullBox("dref", 0, 0, box -> box.u32(1).fullBox("url ", 0, 1, self -> {})));
    }

    private static void matrix(BoxWriter box) {
        box.u32(0x0001_0000).zeros(12).u32(0x0001_0000).zeros(12).u32(0x4000_0000);
    }

    private static int version(long duration) {
        return duration > 0xFFFF_FFFFL ? 1 : 0;
    }
}
