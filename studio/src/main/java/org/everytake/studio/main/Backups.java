package org.everytake.studio.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.everytake.studio.backup.Backup;
import org.everytake.studio.backup.BackupFiles;
import org.everytake.studio.backup.Restore;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.config.DataLayout;
import org.everytake.studio.config.Settings;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.DatabaseAddress;
import org.everytake.studio.db.EmbeddedPostgres;

/** The commands {@code backup} and {@code restore}: each returns what it has to say. */
final class Backups {
    private Backups() {}

    static String make(Settings settings, Path into) throws CannotStart {
        Path root = settings.data().folder();
        DataLayout there = DataFolder.look(root);
        try {
            Files.createDirectories(into);
            Optional<DatabaseAddress> elsewhere = address(settings.database());
            if (elsewhere.isPresent()) {
                return made(elsewhere.get(), there.keys(), into);
            }
            Optional<DatabaseAddress> running =
                    DataFolder.isInUse(root) ? EmbeddedPostgres.running(there.postgres()) : Optional.empty();
            if (running.isPresent()) {
                return made(running.get(), there.keys(), into);
            }
            try (DataFolder data = DataFolder.open(root);
                    var postgres = EmbeddedPostgres.start(data.postgres(), new SecureRandom())) {
                return made(postgres.address(), data.keys(), into);
            }
        } catch (IOException | SQLException e) {
            throw new CannotStart("The backup cannot be made: " + e.getMessage() + ".", e);
        }
    }

    private static String made(DatabaseAddress address, Path keys, Path into)
            throws CannotStart, IOException, SQLException {
        try (Database database = Database.look(address)) {
            BackupFiles files = Backup.make(database, keys, into, Version.TEXT, Instant.now());
            return "All facts are in " + files.database() + "\nThe wrapped keys are in " + files.keys()
                    + "\nThe vault and the master key are not in them.";
        }
    }

    static String restore(Settings settings, Path rows) throws CannotStart {
        Path root = settings.data().folder();
        if (Files.exists(root.resolve("version"))) {
            throw new CannotStart("There is a data folder of Everytake at " + root
                    + " already; a backup is restored into an empty one: name it with --data.");
        }
        try (DataFolder data = DataFolder.open(root)) {
            int keys = restored(settings.database(), data, rows);
            return "Restored, with " + keys + " keys. Put the master key at " + data.masterKey() + " and the vault at "
                    + data.vault() + ", then serve.";
        }
    }

    private static int restored(Settings.Database given, DataFolder data, Path rows) throws CannotStart {
        Optional<DatabaseAddress> elsewhere = address(given);
        if (elsewhere.isPresent()) {
            return Restore.from(rows, elsewhere.get(), data.keys());
        }
        try (var postgres = EmbeddedPostgres.start(data.postgres(), new SecureRandom())) {
            return Restore.from(rows, postgres.address(), data.keys());
        }
    }

    private static Optional<DatabaseAddress> address(Settings.Database given) {
        return given.url().map(url -> new DatabaseAddress(url, given.user(), given.password()));
    }
}
