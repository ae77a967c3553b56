package org.everytake.studio.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.everytake.studio.config.DataFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where stills and pipes of renders lie: in memory, where the system has a place for that, else in the scratch folder. There
 * is one for each data folder, so that what a run that was killed has left is known for what it is: its FFmpegs are ended,
 * and its files removed.
 */
final class WorkingMemory {
    private static final Logger LOG = LoggerFactory.getLogger(WorkingMemory.class);
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path PROCESSES = Path.of("/proc");

    private WorkingMemory() {}

    /** Takes it, empty, for a data folder that is ours alone; it is removed in the end. */
    static Path of(DataFolder data, Closing closing) throws IOException {
        return take(Files.isWritable(MEMORY) ? MEMORY : data.scratch(), data.root(), closing);
    }

    static Path take(Path parent, Path data, Closing closing) throws IOException {
        Path folder = parent.resolve("everytake-" + name(data));
        try {
            orphans(folder).forEach(ProcessHandle::destroyForcibly);
            remove(folder);
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            // somebody else has a thing of that name there, where everybody may write
            LOG.warn("{} cannot be used; another folder is", folder, e);
            folder = Files.createTempDirectory(parent, "everytake-");
        }
        Path taken = folder;
        closing.add(() -> remove(taken));
        return taken;
    }

    private static String name(Path data) throws IOException {
        byte[] path = data.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(path).toString();
    }

    /** Processes that work there; none on a system that does not tell. */
    private static List<ProcessHandle> orphans(Path folder) {
        try (Stream<Path> processes = Files.list(PROCESSES)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> worksIn(process, folder))
                    .flatMap(process -> ProcessHandle.of(
                            Long.parseLong(process.getFileName().toString()))
                            .stream())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean worksIn(Path process, Path folder) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
        } catch (IOException e) {
            return false; // it is another user's, or has ended
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
