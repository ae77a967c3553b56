package org.everytake.studio.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.Snapshot;
import org.everytake.studio.http.Json;

/**
 * Copies all facts as of one moment, and the wrapped keys, while the server runs. What lies in the vault and on the spool is
 * not copied, and the master key never: without it nobody can read what is here.
 *
 * <pre>
 *   everytake-{time}.database.zip   manifest.json   a {@link Manifest}
 *                                   tables/{table}.csv
 *   everytake-{time}.keys.zip       {recording}.{kind}   as they lie in the folder keys/
 * </pre>
 */
public final class Backup {
    static final String MANIFEST = "manifest.json";
    static final String TABLES = "tables/";
    static final String ROWS = ".csv";

    private Backup() {}

    /**
     * Makes one.
     *
     * @param database as it is, of whatever version
     * @param keys the folder of wrapped keys
     * @param into an existing folder
     * @param program our version
     */
    public static BackupFiles make(Database database, Path keys, Path into, String program, Instant now)
            throws IOException, SQLException {
        BackupFiles files = BackupFiles.in(into, now);
        try (Snapshot snapshot = Snapshot.of(database)) {
            List<String> tables = snapshot.tables();
            var manifest = new Manifest(Manifest.FORMAT, program, snapshot.schema(), now, tables);
            BackupFiles.write(files.database(), zip -> rows(zip, manifest, snapshot));
        }
        // After the rows: of each recording that they name there was a key by then.
        BackupFiles.write(files.keys(), zip -> keys(zip, keys));
        return files;
    }

    private static void rows(ZipOutputStream zip, Manifest manifest, Snapshot snapshot) throws IOException {
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        for (String table : manifest.tables()) {
            zip.putNextEntry(new ZipEntry(TABLES + table + ROWS));
            try {
                snapshot.write(table, new Unclosed(zip));
            } catch (SQLException e) {
                throw new IOException("the table " + table + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private static void keys(ZipOutputStream zip, Path folder) throws IOException {
        List<Path> keys;
        try (Stream<Path> files = Files.list(folder)) {
            keys = files.filter(file -> Restore.isKey(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        }
        for (Path key : keys) {
            byte[] wrapped;
            try {
                wrapped = Files.readAllBytes(key);
            } catch (NoSuchFileException destroyed) {
                continue; // meanwhile, and then it is not to be kept here
            }
            zip.putNextEntry(new ZipEntry(String.valueOf(key.getFileName())));
            zip.write(wrapped);
        }
    }

    /** Of an entry only the end is ours to write. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
