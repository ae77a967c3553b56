package org.everytake.render.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.everytake.render.Preset;

/** What comes before the first {@link Piece}: brands and an index without samples (ISO/IEC 14496-12 section 8.8). */
public final class Beginning {
    private static final int UNDETERMINED_LANGUAGE = 0x55C4; // "und", three times five bits

    private final Movie movie;

    private Beginning(Movie movie) {
        this.movie = movie;
    }

    /** @param decoderConfiguration the AVCDecoderConfigurationRecord */
    public static byte[] of(Preset preset, byte[] decoderConfiguration) {
        VideoSamples none = new VideoSamples();
        none.decoderConfiguration(decoderConfiguration);
        return new Beginning(new Movie(preset, none, new AudioSamples(), 0, List.of())).bytes();
    }

    /** The AVCDecoderConfigurationRecord that {@link #of} was given. */
    public static byte[] decoderConfiguration(byte[] beginning) throws IOException {
        ByteBuffer movie = BoxReader.find(ByteBuffer.wrap(beginning), "moov");
        if (movie == null) {
            throw new IOException("There is no index in what pieces begin with");
        }
        return FragmentReader.decoderConfiguration(movie);
    }

    private byte[] bytes() {
        return new BoxWriter()
                .box("ftyp", box -> box.fourCc("iso6").u32(1).fourCc("iso6").fourCc("mp41"))
                .box("moov", moov -> {
                    moov.fullBox("mvhd", 0, 0, box -> {
                        box.u32(0).u32(0).u32(Movie.AUDIO_RATE).u32(0);
                        box.u32(0x0001_0000).u16(0x0100).zeros(10);
                        matrix(box);
                        box.zeros(24).u32(3); // the next track
                    });
                    moov.box("trak", this::video);
                    moov.box("trak", this::audio);
                    moov.box("mvex", extend -> {
                        defaults(extend, Piece.VIDEO);
                        defaults(extend, Piece.AUDIO);
                    });
                })
                .toByteArray();
    }

    private void video(BoxWriter track) {
        Preset.Picture picture = movie.preset().canvas();
        header(track, Piece.VIDEO, 0, picture.width(), picture.height());
        track.box("mdia", media -> {
            media(media, movie.videoTimescale(), "vide", "Picture");
            media.box("minf", info -> {
                info.fullBox("vmhd", 0, 1, box -> box.zeros(8));
                samples(info, table -> SampleEntries.video(table, movie));
            });
        });
    }

    /** Its edit list leaves out what an encoder puts before the first sample. */
    private void audio(BoxWriter track) {
        header(track, Piece.AUDIO, 0x0100, 0, 0);
        track.box(
                "edts",
                edits -> edits.fullBox(
                        "elst",
                        0,
                        0,
                        box -> box.u32(1)
                                .u32(0)
                                .u32(AudioSamples.PRIMING_SAMPLES)
                                .u32(0x0001_0000)));
        track.box("mdia", media -> {
            media(media, Movie.AUDIO_RATE, "soun", "Sound");
            media.box("minf", info -> {
                info.fullBox("smhd", 0, 0, box -> box.zeros(4));
                samples(info, table -> SampleEntries.audio(table, movie));
            });
        });
    }

    private static void header(BoxWriter track, int id, int volume, int width, int height) {
        track.fullBox(
                "tkhd",
                0,
                3,
                box -> { // enabled, in the movie
                    box.u32(0).u32(0).u32(id).u32(0).u32(0);
                    box.zeros(8)
                            .u16(0)
                            .u16(id == Piece.AUDIO ? 1 : 0)
                            .u16(volume)
                            .u16(0);
                    matrix(box);
                    box.u32((long) width << 16).u32((long) height << 16);
                });
    }

    private static void media(BoxWriter media, int timescale, String type, String name) {
        media.fullBox(
                "mdhd",
                0,
                0,
                box -> box.u32(0)
                        .u32(0)
                        .u32(timescale)
                        .u32(0)
                        .u16(UNDETERMINED_LANGUAGE)
                        .u16(0));
        media.fullBox(
                "hdlr",
                0,
                0,
                box -> box.u32(0).fourCc(type).zeros(12).fourCc(name).u8(0));
    }

    private static void samples(BoxWriter info, BoxWriter.Payload entry) {
        info.box("dinf", data -> data.fullBox("dref", 0, 0, box -> box.u32(1).fullBox("url ", 0, 1, self -> {})));
        info.box("stbl", table -> {
            entry.into(table);
            table.fullBox("stts", 0, 0, box -> box.u32(0));
            table.fullBox("stsc", 0, 0, box -> box.u32(0));
            table.fullBox("stsz", 0, 0, box -> box.u32(0).u32(0));
            table.fullBox("stco", 0, 0, box -> box.u32(0));
        });
    }

    private static void defaults(BoxWriter extend, int track) {
        extend.fullBox("trex", 0, 0, box -> box.u32(track).u32(1).u32(0).u32(0).u32(0));
    }

    private static void matrix(BoxWriter box) {
        box.u32(0x0001_0000).zeros(12).u32(0x0001_0000).zeros(12).u32(0x4000_0000);
    }
}
