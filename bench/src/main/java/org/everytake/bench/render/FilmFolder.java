package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.everytake.render.Renderer;
import org.everytake.render.live.PieceSink;

/** Keeps the pieces of a film that is made while its recording goes on. */
final class FilmFolder implements PieceSink, Renderer.FilmPieces {
    private final Path folder;
    private long madeNanos;

    FilmFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public void beginning(byte[] bytes) throws IOException {
        Files.write(folder.resolve("beginning"), bytes);
    }

    @Override
    public void piece(int number, long durationNanos, byte[] bytes) throws IOException {
        Files.write(folder.resolve("piece-" + number), bytes);
        synchronized (this) {
            madeNanos += durationNanos;
            notifyAll();
        }
    }

    /** Waits until the pieces reach this second of the film. */
    synchronized void awaitSeconds(double seconds, long patienceMillis) throws InterruptedException, IOException {
        long until = System.nanoTime() + patienceMillis * 1_000_000;
        while (madeNanos / 1e9 < seconds) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IOException("No piece came for " + patienceMillis / 1000 + " s");
            }
            wait(left);
        }
    }

    @Override
    public byte[] beginning() throws IOException {
        return Files.readAllBytes(folder.resolve("beginning"));
    }

    @Override
    public byte[] piece(int number) throws IOException {
        return Files.readAllBytes(folder.resolve("piece-" + number));
    }

    /** What a player gets first: the beginning and one piece in one file. */
    Path firstPiece() throws IOException {
        Path file = folder.resolve("first.mp4");
        Files.write(file, beginning());
        Files.write(file, piece(0), StandardOpenOption.APPEND);
        return file;
    }
}
