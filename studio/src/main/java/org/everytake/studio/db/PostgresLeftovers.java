package org.everytake.studio.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.everytake.studio.config.CannotStart;

/**
 * What an earlier server left: a PostgreSQL that is still shutting down is waited for, and the file of its process id
 * is removed when nobody works in the folder any more. PostgreSQL itself would refuse to start when that number has
 * meanwhile been given to another program, which after a restart of a container is the rule.
 *
 * <p>To be called only by who holds the lock of the data folder.
 */
final class PostgresLeftovers {
    private PostgresLeftovers() {}

    static void clear(PostgresCluster cluster, Duration patience) throws IOException, CannotStart {
        if (!Files.exists(cluster.postmasterFile())) {
            return;
        }
        try {
            for (ProcessHandle left : workingIn(cluster.folder())) {
                interrupt(left.pid());
            }
            for (ProcessHandle left : workingIn(cluster.folder())) {
                left.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an earlier database stopped", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CannotStart("An earlier database is still running in " + cluster.folder() + ".", e);
        }
        Files.deleteIfExists(cluster.postmasterFile());
    }

    /** Asks a PostgreSQL for a fast shutdown: clients are cut off, everything committed is on disk. */
    static void interrupt(long pid) throws IOException {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT " + pid + " 2>/dev/null || true")
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<ProcessHandle> workingIn(Path folder) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> folder.equals(workingFolder(process))).toList();
        }
    }

    private static Path workingFolder(ProcessHandle process) {
        Path link = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            // Gone meanwhile, or another user's: either way not a database of ours.
            return link;
        }
    }
}
