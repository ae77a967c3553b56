package org.everytake.render.mp4;

import org.everytake.render.Preset;

/** The {@code stsd} of each track: what a decoder must know before the first sample. */
final class SampleEntries {
    /** SMPTE 170M for primaries, transfer and matrix (ITU-T H.273), which is what cameras in browsers send. */
    private static final int SMPTE_170M = 6;

    /** AAC LC (2), 48 kHz (index 3), and how many channels follows: ISO/IEC 14496-3 section 1.6.2.1. */
    private static final int AUDIO_SPECIFIC_CONFIG = 2 << 11 | 3 << 7;

    private SampleEntries() {}

    static void video(BoxWriter table, Movie movie) {
        Preset preset = movie.preset();
        table.fullBox(
                "stsd",
                0,
                0,
                box -> box.u32(1).box("avc1", entry -> {
                    entry.zeros(6).u16(1).zeros(16);
                    entry.u16(preset.canvas().width()).u16(preset.canvas().height());
                    entry.u32(0x0048_0000).u32(0x0048_0000).u32(0).u16(1); // 72 dots an inch, one frame a sample
                    entry.zeros(32).u16(24).u16(0xFFFF);
                    entry.box("avcC", avcc -> avcc.raw(movie.video().decoderConfiguration()));
                    entry.box("colr", colour -> {
                        colour.fourCc(movie.isQuickTime() ? "nclc" : "nclx");
                        colour.u16(SMPTE_170M).u16(SMPTE_170M).u16(SMPTE_170M);
                        if (!movie.isQuickTime()) {
                            colour.u8(0); // studio range
                        }
                    });
                    entry.box("pasp", aspect -> aspect.u32(1).u32(1));
                }));
    }

    static void audio(BoxWriter table, Movie movie) {
        table.fullBox(
                "stsd",
                0,
                0,
                box -> box.u32(1).box("mp4a", entry -> {
                    entry.zeros(6).u16(1);
                    if (movie.isQuickTime()) {
                        quickTimeAudio(entry, movie);
                    } else {
                        entry.zeros(8)
                                .u16(movie.preset().channels())
                                .u16(16)
                                .zeros(4)
                                .u32((long) Movie.AUDIO_RATE << 16);
                        elementaryStream(entry, movie);
                    }
                }));
    }

    /** QuickTime File Format, "Sound Sample Description (Version 1)": compressed, so the sizes are of packets. */
    private static void quickTimeAudio(BoxWriter entry, Movie movie) {
        entry.u16(1).zeros(6).u16(1).u16(16).u16(0xFFFE).u16(0).u32((long) Movie.AUDIO_RATE << 16);
        entry.u32(AudioSamples.FRAME_SAMPLES).u32(0).u32(0).u32(2);
        entry.box("wave", wave -> {
            wave.box("frma", format -> format.fourCc("mp4a"));
            wave.box("mp4a", empty -> empty.u32(0));
            elementaryStream(wave, movie);
            wave.u32(8).u32(0); // terminator
        });
    }

    private static void elementaryStream(BoxWriter entry, Movie movie) {
        entry.fullBox(
                "esds",
                0,
                0,
                box -> box.descriptor(0x03, stream -> {
                    stream.u16(2).u8(0);
                    stream.descriptor(0x04, decoder -> {
                        decoder.u8(0x40).u8(0x15); // AAC, an audio stream
                        decoder.u24(movie.audio().largest() * 8);
                        decoder.u32(movie.preset().audioBitsPerSecond());
                        decoder.u32(movie.audio().averageBitRate());
                        decoder.descriptor(
                                0x05,
                                config -> config.u16(
                                        AUDIO_SPECIFIC_CONFIG | movie.preset().channels() << 3));
                    });
                    stream.descriptor(0x06, layer -> layer.u8(0x02));
                }));
    }
}
