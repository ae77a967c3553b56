package org.everytake.render.mp4;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.render.mp4.Interleaving.Run;

/** The {@code stbl} of each track (ISO/IEC 14496-12 section 8.5 to 8.7). */
final class SampleTables {
    private static final long LARGEST_SHORT_OFFSET = 0xFFFF_FFFFL;

    private final Movie movie;
    private final List<Run> runs;
    private final long dataStart;
    private final boolean wide;

    /** @param dataStart where the first run lies in the file */
    SampleTables(Movie movie, List<Run> runs, long dataStart) {
        this.movie = movie;
        this.runs = runs;
        this.dataStart = dataStart;
        this.wide = runs.stream().mapToLong(Run::bytes).sum() + (64 << 20) > LARGEST_SHORT_OFFSET;
    }

    void video(BoxWriter out) {
        VideoSamples samples = movie.video();
        long[] decodedAt = samples.decodedAt();
        out.box("stbl", table -> {
            SampleEntries.video(table, movie);
            table.fullBox("stts", 0, 0, box -> {
                Lengths durations = new Lengths();
                for (int i = 0; i < samples.count(); i++) {
                    durations.add(decodedAt[i + 1] - decodedAt[i]);
                }
                durations.into(box);
            });
            table.fullBox("stss", 0, 0, box -> {
                List<Integer> keys = new ArrayList<>();
                for (int i = 0; i < samples.count(); i++) {
                    if (samples.isKey(i)) {
                        keys.add(i + 1);
                    }
                }
                box.u32(keys.size());
                keys.forEach(box::u32);
            });
            Lengths offsets = new Lengths();
            for (int i = 0; i < samples.count(); i++) {
                offsets.add(samples.shownAt(i) - decodedAt[i]);
            }
            if (!offsets.areZero()) {
                table.fullBox("ctts", 0, 0, offsets::into);
            }
            runs(table, true);
            table.fullBox("stsz", 0, 0, box -> {
                box.u32(0).u32(samples.count());
                for (int i = 0; i < samples.count(); i++) {
                    box.u32(samples.size(i));
                }
            });
            offsets(table, true);
        });
    }

    void audio(BoxWriter out) {
        AudioSamples samples = movie.audio();
        out.box("stbl", table -> {
            SampleEntries.audio(table, movie);
            table.fullBox("stts", 0, 0, box -> box.u32(1).u32(samples.count()).u32(AudioSamples.FRAME_SAMPLES));
            runs(table, false);
            table.fullBox("stsz", 0, 0, box -> {
                box.u32(0).u32(samples.count());
                for (int i = 0; i < samples.count(); i++) {
                    box.u32(samples.size(i));
                }
            });
            offsets(table, false);
        });
    }

    /** A length of time for each sample, of which equal ones in a row are told once. */
    private static final class Lengths {
        /** Where B pictures are, mostly one for each sample. */
        private int[] counts = new int[64];

        private int[] ticks = new int[64];
        private int size;

        void add(long length) {
            int exact = Math.toIntExact(length);
            if (size > 0 && ticks[size - 1] == exact) {
                counts[size - 1]++;
                return;
            }
            if (size == counts.length) {
                counts = Arrays.copyOf(counts, 2 * size);
                ticks = Arrays.copyOf(ticks, 2 * size);
            }
            counts[size] = 1;
            ticks[size++] = exact;
        }

        boolean areZero() {
            return Arrays.stream(ticks, 0, size).allMatch(length -> length == 0);
        }

        void into(BoxWriter box) {
            box.u32(size);
            for (int i = 0; i < size; i++) {
                box.u32(counts[i]).u32((long) ticks[i] * Movie.TICK);
            }
        }
    }

    private void runs(BoxWriter table, boolean video) {
        List<Run> own = runs.stream().filter(run -> run.video() == video).toList();
        List<int[]> entries = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            if (entries.isEmpty() || entries.getLast()[1] != own.get(i).count()) {
                entries.add(new int[] {i + 1, own.get(i).count()});
            }
        }
        table.fullBox("stsc", 0, 0, box -> {
            box.u32(entries.size());
            entries.forEach(entry -> box.u32(entry[0]).u32(entry[1]).u32(1));
        });
    }

    private void offsets(BoxWriter table, boolean video) {
        long own = runs.stream().filter(run -> run.video() == video).count();
        table.fullBox(wide ? "co64" : "stco", 0, 0, box -> {
            box.u32(own);
            long at = dataStart;
            for (Run run : runs) {
                if (run.video() == video) {
                    box.time(wide ? 1 : 0, at);
                }
                at += run.bytes();
            }
        });
    }
}
