package org.everytake.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A folder that is gone, with all that is in it, when this is closed. */
public record ThrowAwayFolder(Path path) implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;

    /** An empty one in the system's place for such. It is gone, too, when the program is told to end. */
    public static ThrowAwayFolder create(String name) throws IOException {
        ThrowAwayFolder made = new ThrowAwayFolder(Files.createTempDirectory(name));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(made::removeAtLast));
        return made;
    }

    /** Children that are ended at the same time may still write for a moment. */
    private void removeAtLast() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (Files.exists(path) && System.nanoTime() < until) {
            try {
                close();
            } catch (IOException | UncheckedIOException stillWritten) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
