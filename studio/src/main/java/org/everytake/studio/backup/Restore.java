package org.everytake.studio.backup;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.DatabaseAddress;
import org.everytake.studio.db.Snapshot;
import org.everytake.studio.http.Json;

/** Makes facts and keys of a backup again, where there are none. */
public final class Restore {
    private static final int LARGEST_KEY_BYTES = 4_096;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{1,64}\\.(tape|masters|renditions|storage|passes)");

    private Restore() {}

    /** Whether a file of this name is a wrapped key. */
    static boolean isKey(String name) {
        return KEY.matcher(name).matches();
    }

    /**
     * Restores one.
     *
     * @param rows the backup's file of rows; that of the keys lies beside it
     * @param database an empty one
     * @param keys an empty folder
     * @return how many keys there were
     */
    public static int from(Path rows, DatabaseAddress database, Path keys) throws CannotStart {
        try {
            BackupFiles files = BackupFiles.of(rows);
            try (ZipFile packed = open(files.database());
                    ZipFile packedKeys = open(files.keys())) {
                Manifest manifest = manifest(packed);
                int count = 0;
                for (ZipEntry entry : Collections.list(packedKeys.entries())) {
                    key(packedKeys, entry, keys);
                    count++;
                }
                force(keys);
                Database.fill(database, manifest.schema(), filling -> fill(filling, packed, manifest.tables()));
                return count;
            }
        } catch (IOException e) {
            throw new CannotStart("The backup cannot be restored: " + e.getMessage() + ".", e);
        }
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new IOException("the file " + file + " is not there", e);
        } catch (ZipException e) {
            throw new IOException("the file " + file + " is damaged or no part of a backup", e);
        }
    }

    private static Manifest manifest(ZipFile packed) throws IOException, CannotStart {
        Manifest manifest;
        try (InputStream in = entry(packed, Backup.MANIFEST)) {
            manifest = Json.mapper().readValue(in, Manifest.class);
        }
        if (manifest.format() > Manifest.FORMAT) {
            throw new CannotStart("The backup was made by a newer version of Everytake (" + manifest.program()
                    + "); restore it with that version.");
        }
        return manifest;
    }

    private static void fill(Snapshot.Filling filling, ZipFile packed, List<String> tables)
            throws SQLException, IOException {
        for (String table : tables) {
            try (InputStream in = new BufferedInputStream(entry(packed, Backup.TABLES + table + Backup.ROWS))) {
                long unused = filling.read(table, in);
            }
        }
    }

    private static InputStream entry(ZipFile packed, String name) throws IOException {
        ZipEntry entry = packed.getEntry(name);
        if (entry == null) {
            throw new IOException("it lacks " + name);
        }
        return packed.getInputStream(entry);
    }

    private static void key(ZipFile packed, ZipEntry entry, Path folder) throws IOException {
        if (!isKey(entry.getName())) {
            throw new IOException("\"" + entry.getName() + "\" is not the name of a key");
        }
        byte[] wrapped;
        try (InputStream in = packed.getInputStream(entry)) {
            wrapped = in.readNBytes(LARGEST_KEY_BYTES);
        }
        Path file = Files.createFile(
                folder.resolve(entry.getName()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(wrapped));
            channel.force(true);
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
