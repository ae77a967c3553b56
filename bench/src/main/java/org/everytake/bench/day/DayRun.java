package org.everytake.bench.day;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.everytake.bench.Figure;
import org.everytake.bench.measure.Atoms;
import org.everytake.bench.measure.Memory;
import org.everytake.bench.measure.Probe;
import org.everytake.bench.render.FolderOutput;
import org.everytake.bench.server.ThrowAwayFolder;
import org.everytake.bench.tape.Gaps;
import org.everytake.render.Preset;
import org.everytake.render.Progress;
import org.everytake.render.RenderFault;
import org.everytake.render.RenderPlan;
import org.everytake.render.Rendered;
import org.everytake.render.Renderer;
import org.everytake.render.Timeline;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.layout.Layout;
import org.everytake.render.raw.RawArchive;
import org.everytake.render.raw.RawFormat;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTape;
import org.jspecify.annotations.Nullable;

/** One run, in a folder that is thrown away. Runs on the thread that calls it. */
final class DayRun {
    /** As the product's composite, on a canvas that suits such small cameras: else most of the time goes into scaling. */
    private static final Preset COMPOSITE = new Preset(
            "composite",
            Preset.Container.MP4,
            25,
            96_000,
            new Preset.Picture(384, 216, 23, Layout.GRID, ZoneOffset.UTC),
            Preset.Video.H264);

    private static final double FRAME_MILLIS = 1e3 / 25;
    private static final double SYNCHRONY_MILLIS = 40 + FRAME_MILLIS;
    private static final double SPARE_MEGABYTES = 24;
    private static final double ARRIVAL_MILLIS = 50;
    private static final double SKEW_PPM = 1;
    /** A camera's first packet is that of a key frame, of which its clip has one in 30 frames. */
    private static final double FIRST_KEY_FRAME_SECONDS = 6;
    /** Four streams: sound and picture of two. */
    private static final int STREAMS = 4;
    /** From the beginning of the clips, by when both are seen. */
    private static final double BEGIN_SECONDS = 10;

    private static final List<Performer> PERFORMERS = List.of(Performer.FAST, Performer.SLOW);

    private final Duration length;
    private final @Nullable Path keep;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    /** @param keep where all that is made stays; null for nowhere */
    DayRun(Duration length, @Nullable Path keep, Consumer<String> progress) {
        this.length = length;
        this.keep = keep;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, TapeFault, RenderFault, InterruptedException {
        progress.accept("Preparing clips.");
        for (Performer performer : PERFORMERS) {
            performer.clip();
        }
        if (keep != null) {
            run(Files.createDirectories(keep));
            return figures;
        }
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-bench-day")) {
            run(folder.path());
            return figures;
        }
    }

    private void run(Path folder) throws IOException, TapeFault, RenderFault, InterruptedException {
        long from = System.nanoTime();
        TapedDay day = TapedDay.record(folder, length, PERFORMERS, progress);
        said("Recorded", from);
        taped(day);
        try (RecordedTape tape = RecordedTape.read(day.segments(), TapedDay.KEY)) {
            onTape(day, tape);
            archive(day, tape, folder);
        }
        composite(day, folder);
    }

    private void taped(TapedDay day) {
        double[] heap = day.heap();
        double grown = heap[TapedDay.PARTS - 1] - heap[TapedDay.QUARTER];
        limited("heap in use at the end of the recording over that after a quarter, MB", grown, SPARE_MEGABYTES);
        stated(
                "heap in use at the end, call, recorder, tape, shipping and both participants, MB",
                heap[TapedDay.PARTS - 1]);
        stated(
                "resident memory at the end of the recording over that after a quarter, MB",
                day.residentMegabytes()[1] - day.residentMegabytes()[0]);
        none("packets for which there was no room in memory", day.dropped());
    }

    private void onTape(TapedDay day, RecordedTape tape) {
        long missing = 0;
        long records = 0;
        for (Gaps gaps : Gaps.of(tape)) {
            missing += gaps.missing();
            records += gaps.records();
        }
        progress.accept(records + " packets in " + day.segments().size() + " segments.");
        none("sequence numbers missing on tape", missing);
        none("packets sent and not on tape", day.sent() - records);
        none("damage on tape", tape.damage().size());
    }

    private void archive(TapedDay day, RecordedTape tape, Path folder) throws IOException {
        progress.accept("Making the RAW archive.");
        Path archive = folder.resolve("raw.tar.gz");
        long from = System.nanoTime();
        try (Memory memory = Memory.watch();
                OutputStream out = Files.newOutputStream(archive)) {
            RawArchive.of(tape, Progress.SILENT).write(RawFormat.TAR_GZ, out);
            stated("heap that the archive needed, MB", memory.mostHeap());
        }
        said("Made " + (Files.size(archive) >> 20) + " MB", from);
        Path files = Files.createDirectories(folder.resolve("files"));
        ArchiveCheck check = ArchiveCheck.of(archive, files, PERFORMERS);
        Files.delete(archive);
        new ThrowAwayFolder(files).close();
        none("files of the archive that are missing or too many", Math.abs(check.files() - STREAMS));
        none("packets sent and not in the archive", day.sent() - check.packets());
        none("sequence numbers missing in the archive", check.missing());
        none("files of the archive that are not what its index sums", check.wrongSums());
        none("packets of sound in the archive that are not what was sent, one after the other", check.wrongSounds());
        double cut = Math.max(0, length.toSeconds() - check.shortestSeconds());
        limited(
                "by how much the shortest file of the archive is shorter than the day, s",
                cut,
                FIRST_KEY_FRAME_SECONDS);
        limited("archive: timestamp against arrival, worst packet, ms", check.worstMillis(), ARRIVAL_MILLIS);
        limited(
                "archive: place in the session of the last packet against its arrival, worst stream, ms",
                check.endMillis(),
                ARRIVAL_MILLIS);
        limited("archive: fit of clocks that run 50 ppm fast and slow, error, ppm", check.skewPpm(), SKEW_PPM);
    }

    private void composite(TapedDay day, Path folder) throws IOException, TapeFault, RenderFault, InterruptedException {
        progress.accept("Making the composite.");
        Path file = folder.resolve("composite.mp4");
        Path pieces = Files.createDirectories(folder.resolve("pieces"));
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        long from = System.nanoTime();
        Rendered rendered;
        try (Memory memory = Memory.watch();
                RecordedTape tape = RecordedTape.read(day.segments(), TapedDay.KEY)) {
            RenderPlan plan = RenderPlan.of(Timeline.of(tape), COMPOSITE);
            said("Planned " + plan.ticks() + " frames in " + plan.chunks().size() + " chunks", from);
            rendered = new Renderer(Ffmpeg.find(null), scratch)
                    .render(plan, tape, new FolderOutput(pieces, file), new Percents(progress));
            stated("heap that the composite needed, MB", memory.mostHeap());
            stated("resident memory meanwhile, MB", memory.mostResident());
            stated("resident memory of all FFmpeg processes meanwhile, MB", memory.mostOfChildren());
        }
        double seconds = said("Made " + (Files.size(file) >> 20) + " MB", from);
        stated("composite, times as fast as it lasts", rendered.durationNanos() / 1e9 / seconds);
        none("remarks on what the composite lacks", rendered.remarks().size());
        rendered.remarks().forEach(progress);
        Probe probe = Probe.of(file);
        double off = Math.max(
                Math.abs(probe.video().durationSeconds() - rendered.durationNanos() / 1e9),
                Math.abs(probe.audio().durationSeconds() - rendered.durationNanos() / 1e9));
        limited("composite: length of picture or sound against the recording's, ms", off * 1e3, FRAME_MILLIS);
        none("composite: whose index comes last", Atoms.fastStart(file) ? 0 : 1);
        double begin = day.clipsBegan() + BEGIN_SECONDS;
        double end = day.clipsBegan() + length.toSeconds() - Moment.SECONDS;
        at("begin", file, begin, day);
        at("middle", file, (begin + end) / 2, day);
        at("end", file, end, day);
    }

    private void at(String where, Path file, double seconds, TapedDay day) throws IOException {
        List<Moment> moments = Moment.of(file, seconds, day.clipsBegan(), PERFORMERS);
        moments.forEach(moment -> progress.accept(moment.toString()));
        limited(
                "composite, " + where + ": picture against the time of day, worse of two, ms",
                worst(moments, Moment::pictureLateMillis),
                SYNCHRONY_MILLIS);
        limited(
                "composite, " + where + ": sound after picture, worse of two, ms",
                worst(moments, Moment::soundLateMillis),
                SYNCHRONY_MILLIS);
    }

    /** Largest by amount; NaN if one is not known. */
    private static double worst(List<Moment> moments, ToDoubleFunction<Moment> which) {
        double worst = 0;
        for (Moment moment : moments) {
            double one = which.applyAsDouble(moment);
            worst = Double.isNaN(one) || Math.abs(one) > Math.abs(worst) ? one : worst;
        }
        return worst;
    }

    /** @return seconds since then */
    private double said(String what, long fromNanos) {
        double seconds = (System.nanoTime() - fromNanos) / 1e9;
        progress.accept(String.format(Locale.ROOT, "%s in %.0f s.", what, seconds));
        return seconds;
    }

    private void limited(String what, double value, double most) {
        figures.add(Figure.of(what, value, String.format(Locale.ROOT, "at most %.0f", most), Math.abs(value) <= most));
    }

    private void stated(String what, double value) {
        figures.add(Figure.of(what, value, "anything", true));
    }

    private void none(String what, long count) {
        figures.add(Figure.of(what, count, "0", count == 0));
    }

    /** Says each tenth. */
    private static final class Percents implements Progress {
        private final Consumer<String> said;
        private int tenths;

        Percents(Consumer<String> said) {
            this.said = said;
        }

        @Override
        public void at(double fraction) {
            if ((int) (fraction * 10) > tenths) {
                tenths = (int) (fraction * 10);
                said.accept(tenths * 10 + " % of it.");
            }
        }
    }
}
