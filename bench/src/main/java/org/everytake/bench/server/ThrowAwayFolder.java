package org.everytake.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone, with all that is in it, when this is closed. */
public record ThrowAwayFolder(Path path) implements AutoCloseable {

    /** An empty one in the system's place for such. */
    public static ThrowAwayFolder create(String name) throws IOException {
        return new ThrowAwayFolder(Files.createTempDirectory(name));
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
