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
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.operations.Vitals.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file systems that the data lies on. */
final class Disks {
    private static final Logger log = LoggerFactory.getLogger(Disks.class);

    private Disks() {}

    /** One for each file system, with the folders that lie on it; one that cannot be read is left out. */
    static List<Disk> of(DataFolder data) {
        Map<FileStore, List<Path>> folders = new LinkedHashMap<>();
        for (Path folder : List.of(data.spool(), data.vault(), data.keys(), data.postgres(), data.scratch())) {
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
                disks.add(new Disk(shown.toString(), names, store.getUsableSpace(), store.getTotalSpace()));
            } catch (IOException e) {
                log.debug("the disk of {} does not tell its size", shown, e);
            }
        });
        return disks;
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
