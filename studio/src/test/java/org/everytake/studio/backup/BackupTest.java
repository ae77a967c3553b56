package org.everytake.studio.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.DatabaseAddress;
import org.everytake.studio.db.EmbeddedPostgres;
import org.everytake.studio.db.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final Instant NOW = Instant.parse("2026-11-29T01:30:00Z");
    private static final String KEY = "0195e7e0-0000-7000-8000-000000000001.tape";

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;
    private Database database;
    private Path keys;
    private Path backups;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"), new SecureRandom());
        database = Database.open(postgres.address(), 4);
        keys = Files.createDirectory(folder.resolve("keys"));
        backups = Files.createDirectory(folder.resolve("backups"));
    }

    @AfterEach
    void stop() {
        database.close();
        postgres.close();
    }

    @Test
    void whatIsRestoredIsWhatWasThere() throws Exception {
        UUID organisation = UUID.randomUUID();
        UUID account = UUID.randomUUID();
        database.jdbi().useHandle(handle -> {
            // Refers to each other, and holds all that could be mistaken for the form of the file.
            handle.execute(
                    "insert into organisations (id, name, created_at) values (?, ?, now())",
                    organisation,
                    "a \"b\", c\n\\. \u00e9\t,,\"");
            handle.execute(
                    "insert into accounts (id, email, name, password, created_at) values (?, ?, ?, null, now())",
                    account,
                    "anna@example.org",
                    "Anna, \"the first\"");
            handle.execute(
                    "insert into memberships (organisation, account, role, created_at) values (?, ?, 'admin', now())",
                    organisation,
                    account);
        });
        Files.write(keys.resolve(KEY), new byte[] {1, 2, 3});
        Files.writeString(keys.resolve(".half-made"), "no key");

        BackupFiles made = Backup.make(database, keys, backups, "1", NOW);

        assertThat(made.database()).hasFileName("everytake-20261129T013000Z.database.zip");
        for (Path file : new Path[] {made.database(), made.keys()}) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        Path restoredKeys = Files.createDirectory(folder.resolve("restored-keys"));
        try (var elsewhere = EmbeddedPostgres.start(folder.resolve("elsewhere"), new SecureRandom())) {
            assertThat(Restore.from(made.database(), elsewhere.address(), restoredKeys))
                    .isEqualTo(1);
            assertThat(restoredKeys.resolve(KEY)).hasBinaryContent(new byte[] {1, 2, 3});
            assertThat(restoredKeys).isDirectoryNotContaining("glob:**half-made");
            try (Database restored = Database.open(elsewhere.address(), 2)) {
                assertThat(rows(restored)).isEqualTo(rows(database));
            }
            // A second time it is no empty database.
            DatabaseAddress full = elsewhere.address();
            Path otherKeys = Files.createDirectory(folder.resolve("other-keys"));
            assertThatThrownBy(() -> Restore.from(made.database(), full, otherKeys))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("in use already");
        }
    }

    @Test
    void aBackupIsOfOneMoment() throws Exception {
        try (Snapshot snapshot = Snapshot.of(database)) {
            String before = rows(snapshot, "organisations");
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "insert into organisations (id, name, created_at) values (?, 'late', now())",
                            UUID.randomUUID()));
            assertThat(rows(snapshot, "organisations")).isEqualTo(before).doesNotContain("late");
        }
    }

    @Test
    void whatIsNoBackupIsRefusedInASentence() throws Exception {
        DatabaseAddress address = postgres.address();
        Path zip = backups.resolve("x.database.zip");
        refused("is not named as the rows of a backup are", backups.resolve("x.zip"), address);
        refused("is not there", zip, address);
        Files.writeString(zip, "no zip");
        Files.writeString(backups.resolve("x.keys.zip"), "no zip");
        refused("is damaged or no part of a backup", zip, address);
        pack(zip, Map.of("other", "x"));
        pack(backups.resolve("x.keys.zip"), Map.of());
        refused("it lacks manifest.json", zip, address);
        String newer = "{\"format\":9,\"program\":\"7\",\"schema\":1,\"made\":\"2030-01-01T00:00:00Z\",\"tables\":[]}";
        pack(zip, Map.of("manifest.json", newer));
        refused("made by a newer version of Everytake (7)", zip, address);
        pack(zip, Map.of("manifest.json", newer.replace("9", "1").replace("\"schema\":1", "\"schema\":900")));
        refused("its schema has step 900", zip, address);
        pack(backups.resolve("x.keys.zip"), Map.of("../../outside", "x"));
        refused("is not the name of a key", zip, address);
    }

    private void refused(String why, Path rows, DatabaseAddress address) {
        assertThatThrownBy(() -> Restore.from(rows, address, keys))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(why);
    }

    private static void pack(Path file, Map<String, String> entries) throws Exception {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static Map<String, String> rows(Database of) throws Exception {
        Map<String, String> rows = new LinkedHashMap<>();
        try (Snapshot snapshot = Snapshot.of(of)) {
            for (String table : snapshot.tables()) {
                rows.put(table, rows(snapshot, table));
            }
        }
        return rows;
    }

    private static String rows(Snapshot snapshot, String table) throws Exception {
        var out = new ByteArrayOutputStream();
        snapshot.write(table, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
