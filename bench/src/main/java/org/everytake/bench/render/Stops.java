package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.everytake.bench.Figure;
import org.everytake.bench.measure.Tool;
import org.everytake.peer.clip.Clip;
import org.everytake.render.Preset;
import org.everytake.render.Progress;
import org.everytake.render.RenderFault;
import org.everytake.render.live.Followed;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.TapeTail;

/**
 * How long after Stop a film is whole that was made while its recording went on. Time goes faster than it would, but no
 * faster than the film is made: so at Stop as much is left to do as after so long a recording in true time.
 */
final class Stops {
    private static final int PEOPLE = 4;
    private static final double MOST_SECONDS = 5;
    private static final double PIECE_SECONDS = 3.2;
    /** A piece is begun 6 s after its end, when the next is as old, and then it is worked on while that one is recorded. */
    private static final double BEHIND_SECONDS = 6 + 2 * PIECE_SECONDS;

    private static final long PATIENCE_MILLIS = 120_000;

    private final Workshop shop;

    Stops(Workshop shop) {
        this.shop = shop;
    }

    List<Figure> measure() throws IOException, TapeFault, RenderFault, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (int minutes : shop.extent().sessionMinutes()) {
            shop.progress().accept("A session of " + minutes + " min, watched while it goes on.");
            measure(figures, minutes);
        }
        return figures;
    }

    private void measure(List<Figure> figures, int minutes)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        List<Clip> clips =
                shop.footage().people(PEOPLE).stream().map(Footage.Take::clip).toList();
        FilmFolder film = new FilmFolder(shop.file("film-" + minutes));
        AtomicBoolean givenUp = new AtomicBoolean();
        try (ExecutorService follower = Executors.newSingleThreadExecutor();
                Filming filming = Filming.ofPeople(shop.file("session-" + minutes), clips, Workshop.NOTHING_LOST)) {
            try {
                Future<Followed> following = follower.submit(() -> follow(filming, film, givenUp));
                record(filming, film, following, minutes * 60);
                long stop = System.nanoTime();
                filming.stop();
                Followed made = following.get();
                decode(film.firstPiece());
                double watchable = (System.nanoTime() - stop) / 1e9;
                Path file = shop.file("film-" + minutes + ".mp4");
                shop.ours()
                        .renderer()
                        .join(film, made, Preset.COMPOSITE, new FolderOutput(shop.folder(), file), Progress.SILENT);
                double whole = (System.nanoTime() - stop) / 1e9;
                decode(file);
                if (!made.remarks().isEmpty() || made.durationNanos() != minutes * 60_000_000_000L) {
                    throw new IOException("The film is not all of the recording: " + made);
                }
                String what = "Stop of a session of " + minutes + " min of 4 people to ";
                figures.add(Figure.of(
                        what + "first picture and sound of the whole film, s",
                        watchable,
                        "at most 5",
                        watchable <= MOST_SECONDS));
                figures.add(Figure.of(what + "MP4, s", whole, "anything", true));
            } catch (ExecutionException failed) {
                throw new IOException("The film could not be made", failed.getCause());
            } finally {
                givenUp.set(true);
            }
        }
    }

    private Followed follow(Filming filming, FilmFolder film, AtomicBoolean givenUp)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        try (TapeTail tail = new TapeTail(filming::segments, Filming.KEY)) {
            return shop.ours().renderer().follow(tail, () -> false, Preset.COMPOSITE, film, 0, new Progress() {
                @Override
                public void at(double fraction) {}

                @Override
                public boolean cancelled() {
                    return givenUp.get();
                }
            });
        }
    }

    private static void record(Filming filming, FilmFolder film, Future<Followed> following, int seconds)
            throws IOException, InterruptedException, ExecutionException {
        for (double now = 0; now < seconds; ) {
            now = Math.min(seconds, now + PIECE_SECONDS / 2);
            filming.goOnUntil(now);
            if (following.isDone()) {
                following.get(); // it has failed, and says why
            }
            film.awaitSeconds(now - BEHIND_SECONDS - PIECE_SECONDS, PATIENCE_MILLIS);
        }
    }

    /** The first picture and the first sound. */
    private static void decode(Path film) throws IOException {
        Tool.ffmpeg(List.of(
                ("-nostdin -i " + film + " -map 0:v -frames:v 1 -f null - -map 0:a -frames:a 1 -f null -").split(" ")));
    }
}
