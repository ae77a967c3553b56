package org.everytake.studio.operations;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.operations.Vitals.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file systems that the data lies on, and how fast they fill. Any thread; waits for the disks. */
final class Disks {
    private static final Logger log = LoggerFactory.getLogger(Disks.class);

    private final DataFolder data;
    private final long reserveBytes;
    private final LongSupplier nanoClock;
    private final FillRate rate = new FillRate();

    /** @param reserveBytes kept on the disk of the spool */
    Disks(DataFolder data, long reserveBytes, LongSupplier nanoClock) {
        this.data = data;
        this.reserveBytes = reserveBytes;
        this.nanoClock = nanoClock;
    }

    /** One for each file system, with the folders that lie on it; one that cannot be read is left out. */
    List<Disk> look() {
        Map<FileStore, List<Path>> folders = new LinkedHashMap<>();
        for (Path folder :
                List.of(data.spool(), data.vault(), data.keys(), data.postgres(), data.scratch(), data.unfinished())) {
            try {
                // The embedded database's folder is there only if it is used.
                if (Files.isDirectory(folder)) {
                    folders.computeIfAbsent(Files.getFileStore(folder), store -> new ArrayList<>())
                            .add(folder);
                }
            } catch (IOException e) {
                log.debug("{} lies on no disk that can be asked", folder, e);
            }
        }
        List<Disk> disks = new ArrayList<>();
        folders.forEach((store, on) -> {
            List<String> names = on.stream()
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .toList();
            Path shown = on.size() > 1 ? data.root() : on.getFirst();
            try {
                disks.add(disk(shown.toString(), names, store, on.contains(data.spool()) ? reserveBytes : 0));
            } catch (IOException e) {
                log.debug("the disk of {} does not tell its size", shown, e);
            }
        });
        return disks;
    }

    private Disk disk(String path, List<String> holds, FileStore store, long reserve) throws IOException {
        long now = nanoClock.getAsLong();
        long free = store.getUsableSpace();
        rate.note(path, free, now);
        return new Disk(
                path,
                holds,
                free,
                store.getTotalSpace(),
                reserve,
                rate.fullIn(path, free, now).orElse(null));
    }

    /** How much lies in a folder; what goes away meanwhile is not counted. */
    static long sizeBytes(Path folder) {
        long[] sum = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            log.debug("{} cannot be walked", folder, e);
        }
        return sum[0];
    }
}
