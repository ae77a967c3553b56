package org.everytake.render.mp4;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * An MP4 of H.264 and Opus as they were sent: each picture at its own time, parameter sets where they came ({@code avc3},
 * ISO/IEC 14496-15 section 5.4.2.1), Opus by "Encapsulation of Opus in ISO Base Media File Format".
 *
 * @param durationNanos of the whole
 * @param width of the largest picture; 0 where there is none, and no track of pictures
 * @param decoderConfiguration the AVCDecoderConfigurationRecord
 * @param preSkipSamples what a decoder puts out before the first sample
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once
public record SentMovie(
        long durationNanos,
        int width,
        int height,
        byte[] decoderConfiguration,
        TimedSamples pictures,
        TimedSamples sounds,
        int preSkipSamples) {
    private static final int PICTURE_RATE = 90_000;
    private static final int SOUND_RATE = 48_000;
    private static final int UNDETERMINED_LANGUAGE = 0x55C4; // "und", three times five bits
    private static final long SECOND = 1_000_000_000L;
    private static final long LARGEST_SHORT = 0xFFFF_FFFFL;
    private static final int CHANNELS = 2;

    /** Samples of one track that lie back to back. */
    private record Run(boolean picture, int first, int count, long bytes) {}

    /**
     * Writes the file strictly forwards, the index first.
     *
     * @param coded the pictures, back to back
     * @param heard the packets of sound, back to back
     * @return the size of the file
     */
    public static long write(
            OutputStream out, SentMovie movie, InputStream coded, InputStream heard, Mp4Writer.Counter counter)
            throws IOException {
        List<Run> runs = movie.runs();
        long media = runs.stream().mapToLong(Run::bytes).sum();
        byte[] brands = new BoxWriter()
                .box(
                        "ftyp",
                        box -> box.fourCc("isom")
                                .u32(0x200)
                                .fourCc("isom")
                                .fourCc("iso2")
                                .fourCc("mp41"))
                .toByteArray();
        boolean wide = media + (64 << 20) > LARGEST_SHORT;
        // the index is as long wherever the media lie, so it is made twice: to be measured, and to be right
        long dataStart = brands.length + movie.index(runs, 0, wide).length + (wide ? 16 : 8);
        out.write(brands);
        out.write(movie.index(runs, dataStart, wide));
        BoxWriter header = new BoxWriter();
        out.write((wide
                        ? header.u32(1).fourCc("mdat").u64(media + 16)
                        : header.u32(media + 8).fourCc("mdat"))
                .toByteArray());
        long written = dataStart;
        for (Run run : runs) {
            copy(run.picture ? coded : heard, out, run.bytes);
            written += run.bytes;
            counter.written(written, dataStart + media);
        }
        return written;
    }

    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = bytes; left > 0; ) {
            int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (got < 0) {
                throw new EOFException("A piece is shorter than its index");
            }
            out.write(buffer, 0, got);
            left -= got;
        }
    }

    /** A second of picture, then a second of sound, and so on. */
    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        int picture = 0;
        int sound = 0;
        for (long until = SECOND; picture < pictures.count() || sound < sounds.count(); until += SECOND) {
            picture = run(runs, true, pictures, picture, until);
            sound = run(runs, false, sounds, sound, until);
        }
        return runs;
    }

    private static int run(List<Run> runs, boolean picture, TimedSamples samples, int from, long until) {
        int to = from;
        long bytes = 0;
        while (to < samples.count() && samples.nanos(to) < until) {
            bytes += samples.size(to);
            to++;
        }
        if (to > from) {
            runs.add(new Run(picture, from, to - from, bytes));
        }
        return to;
    }

    private byte[] index(List<Run> runs, long dataStart, boolean wide) {
        return new BoxWriter()
                .box("moov", moov -> {
                    moov.fullBox("mvhd", 1, 0, box -> {
                        box.u64(0).u64(0).u32(SOUND_RATE).u64(ticks(durationNanos, SOUND_RATE));
                        box.u32(0x0001_0000).u16(0x0100).zeros(10);
                        matrix(box);
                        box.zeros(24).u32(3); // the next track
                    });
                    if (width > 0) {
                        moov.box("trak", track -> pictureTrack(track, runs, dataStart, wide));
                    }
                    moov.box("trak", track -> soundTrack(track, runs, dataStart, wide));
                })
                .toByteArray();
    }

    private void pictureTrack(BoxWriter track, List<Run> runs, long dataStart, boolean wide) {
        header(track, 1, 0, width, height);
        edit(track, pictures.count() == 0 ? 0 : pictures.nanos(0), 0);
        media(track, PICTURE_RATE, pictures, "vide", "Picture", info -> {
            info.fullBox("vmhd", 0, 1, box -> box.zeros(8));
            dataReference(info);
            info.box("stbl", table -> {
                table.fullBox("stsd", 0, 0, box -> box.u32(1).box("avc3", this::pictureEntry));
                durations(table, pictures, PICTURE_RATE);
                table.fullBox("stss", 0, 0, box -> {
                    List<Integer> keys = new ArrayList<>();
                    for (int i = 0; i < pictures.count(); i++) {
                        if (pictures.isKey(i)) {
                            keys.add(i + 1);
                        }
                    }
                    box.u32(keys.size());
                    keys.forEach(box::u32);
                });
                places(table, runs, true, dataStart, wide);
            });
        });
    }

    private void pictureEntry(BoxWriter entry) {
        entry.zeros(6).u16(1).zeros(16).u16(width).u16(height);
        entry.u32(0x0048_0000).u32(0x0048_0000).u32(0).u16(1); // 72 dots an inch, one frame a sample
        entry.zeros(32).u16(24).u16(0xFFFF);
        entry.box("avcC", avcc -> avcc.raw(decoderConfiguration));
        entry.box("pasp", aspect -> aspect.u32(1).u32(1));
    }

    private void soundTrack(BoxWriter track, List<Run> runs, long dataStart, boolean wide) {
        header(track, 2, 0x0100, 0, 0);
        edit(track, 0, preSkipSamples);
        media(track, SOUND_RATE, sounds, "soun", "Sound", info -> {
            info.fullBox("smhd", 0, 0, box -> box.zeros(4));
            dataReference(info);
            info.box("stbl", table -> {
                table.fullBox("stsd", 0, 0, box -> box.u32(1).box("Opus", this::soundEntry));
                durations(table, sounds, SOUND_RATE);
                places(table, runs, false, dataStart, wide);
            });
        });
    }

    private void soundEntry(BoxWriter entry) {
        entry.zeros(6).u16(1).zeros(8).u16(CHANNELS).u16(16).zeros(4).u32((long) SOUND_RATE << 16);
        entry.box(
                "dOps",
                box -> box.u8(0)
                        .u8(CHANNELS)
                        .u16(preSkipSamples)
                        .u32(SOUND_RATE)
                        .u16(0)
                        .u8(0));
    }

    private void header(BoxWriter track, int id, int volume, int trackWidth, int trackHeight) {
        track.fullBox(
                "tkhd",
                1,
                3,
                box -> { // enabled, in the movie
                    box.u64(0).u64(0).u32(id).u32(0).u64(ticks(durationNanos, SOUND_RATE));
                    box.zeros(8).u16(0).u16(id == 2 ? 1 : 0).u16(volume).u16(0);
                    matrix(box);
                    box.u32((long) trackWidth << 16).u32((long) trackHeight << 16);
                });
    }

    /**
     * @param fromNanos when it begins; nothing is there before
     * @param mediaTime what is left out of it
     */
    private void edit(BoxWriter track, long fromNanos, long mediaTime) {
        long before = ticks(fromNanos, SOUND_RATE);
        track.box(
                "edts",
                edits -> edits.fullBox("elst", 1, 0, box -> {
                    box.u32(before > 0 ? 2 : 1);
                    if (before > 0) {
                        box.u64(before).u64(-1).u32(0x0001_0000);
                    }
                    box.u64(ticks(durationNanos, SOUND_RATE) - before)
                            .u64(mediaTime)
                            .u32(0x0001_0000);
                }));
    }

    private void media(
            BoxWriter track, int rate, TimedSamples samples, String type, String name, BoxWriter.Payload info) {
        track.box("mdia", media -> {
            media.fullBox(
                    "mdhd",
                    1,
                    0,
                    box -> box.u64(0)
                            .u64(0)
                            .u32(rate)
                            .u64(ticks(end(samples), rate) - ticks(samples.count() == 0 ? 0 : samples.nanos(0), rate))
                            .u16(UNDETERMINED_LANGUAGE)
                            .u16(0));
            media.fullBox(
                    "hdlr",
                    0,
                    0,
                    box -> box.u32(0).fourCc(type).zeros(12).fourCc(name).u8(0));
            media.box("minf", info);
        });
    }

    /** The last sample lasts to the end. */
    private long end(TimedSamples samples) {
        return samples.count() == 0
                ? durationNanos
                : Math.max(durationNanos, samples.nanos(samples.count() - 1) + SECOND / 1000);
    }

    private void durations(BoxWriter table, TimedSamples samples, int rate) {
        List<long[]> entries = new ArrayList<>();
        for (int i = 0; i < samples.count(); i++) {
            long next = i + 1 < samples.count() ? samples.nanos(i + 1) : end(samples);
            long duration = ticks(next, rate) - ticks(samples.nanos(i), rate);
            if (!entries.isEmpty() && entries.getLast()[1] == duration) {
                entries.getLast()[0]++;
            } else {
                entries.add(new long[] {1, duration});
            }
        }
        table.fullBox("stts", 0, 0, box -> {
            box.u32(entries.size());
            entries.forEach(entry -> box.u32(entry[0]).u32(entry[1]));
        });
    }

    private void places(BoxWriter table, List<Run> runs, boolean picture, long dataStart, boolean wide) {
        TimedSamples samples = picture ? pictures : sounds;
        List<Run> own = runs.stream().filter(run -> run.picture == picture).toList();
        List<int[]> entries = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            if (entries.isEmpty() || entries.getLast()[1] != own.get(i).count) {
                entries.add(new int[] {i + 1, own.get(i).count});
            }
        }
        table.fullBox("stsc", 0, 0, box -> {
            box.u32(entries.size());
            entries.forEach(entry -> box.u32(entry[0]).u32(entry[1]).u32(1));
        });
        table.fullBox("stsz", 0, 0, box -> {
            box.u32(0).u32(samples.count());
            for (int i = 0; i < samples.count(); i++) {
                box.u32(samples.size(i));
            }
        });
        table.fullBox(wide ? "co64" : "stco", 0, 0, box -> {
            box.u32(own.size());
            long at = dataStart;
            for (Run run : runs) {
                if (run.picture == picture) {
                    box.time(wide ? 1 : 0, at);
                }
                at += run.bytes;
            }
        });
    }

    private static void dataReference(BoxWriter info) {
        info.box("dinf", data -> data.fullBox("dref", 0, 0, box -> box.u32(1).fullBox("url ", 0, 1, self -> {})));
    }

    private static void matrix(BoxWriter box) {
        box.u32(0x0001_0000).zeros(12).u32(0x0001_0000).zeros(12).u32(0x4000_0000);
    }

    /** Each time is converted from scratch, so no rounding adds up. */
    private static long ticks(long nanos, int rate) {
        return Math.floorDiv(nanos, SECOND) * rate + (Math.floorMod(nanos, SECOND) * rate + SECOND / 2) / SECOND;
    }
}
