package org.everytake.studio.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What lies about while a file is made: it is gone afterwards, and when whoever began it presses Ctrl-C, too. Any thread. */
final class InTheMaking implements AutoCloseable {
    private final List<Path> paths = new CopyOnWriteArrayList<>();
    private final Thread atEnd = Thread.ofPlatform().unstarted(this::delete);

    private InTheMaking() {}

    static InTheMaking begin() {
        InTheMaking making = new InTheMaking();
        Runtime.getRuntime().addShutdownHook(making.atEnd);
        return making;
    }

    /** A file, or a folder with all that is in it; it need not be there yet. */
    Path add(Path path) {
        paths.add(path);
        return path;
    }

    @Override
    public void close() {
        delete();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException ending) {
            // The program ends already, and deletes for itself.
        }
    }

    private void delete() {
        paths.reversed().forEach(InTheMaking::delete);
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("What was in the making could not be deleted: " + path + ".");
        }
    }
}
