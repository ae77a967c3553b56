package org.everytake.studio.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.ZipOutputStream;

/**
 * The two files of a backup: the rows, and the wrapped keys. They are two, so that keys can be kept elsewhere, and for a
 * shorter time: what was erased can be read as long as a copy of its key exists.
 *
 * @param database {@code everytake-{time}.database.zip}
 * @param keys {@code everytake-{time}.keys.zip}
 */
public record BackupFiles(Path database, Path keys) {
    private static final String DATABASE = ".database.zip";
    private static final String KEYS = ".keys.zip";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Those of a backup that is made now. */
    static BackupFiles in(Path folder, Instant now) {
        String name = "everytake-" + TIME.format(now);
        return new BackupFiles(folder.resolve(name + DATABASE), folder.resolve(name + KEYS));
    }

    /** Those of a backup that was made, by the name of its first file; the second lies beside it. */
    static BackupFiles of(Path database) throws IOException {
        String name = String.valueOf(database.getFileName());
        if (!name.endsWith(DATABASE)) {
            throw new IOException(database + " is not named as the rows of a backup are, ..." + DATABASE);
        }
        String keys = name.substring(0, name.length() - DATABASE.length()) + KEYS;
        return new BackupFiles(database, database.resolveSibling(keys));
    }

    /** Fills a zip file. */
    @FunctionalInterface
    interface Filler {
        void into(ZipOutputStream zip) throws IOException;
    }

    /** Writes a file that only its owner may read: whole, durable, or not at all. */
    static void write(Path file, Filler filler) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(beside))) {
                filler.into(zip);
            }
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
