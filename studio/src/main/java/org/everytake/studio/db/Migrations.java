package org.everytake.studio.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import javax.sql.DataSource;
import org.everytake.studio.config.CannotStart;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Brings the schema forward, never back: {@code db/migration/V….sql} on the class path, each once, in order. Flyway does
 * it, and is not even loaded where nothing is to be done, which is every start but the first of a version.
 */
final class Migrations {
    /** The number of the newest step in {@code db/migration}. */
    static final int NEWEST = 25;

    private Migrations() {}

    static void migrate(DataSource database) throws CannotStart {
        if (!isUpToDate(database)) {
            bringForward(database, MigrationVersion.LATEST);
        }
    }

    /** Whether the newest step is ours, and none failed. Steps are taken in order, so the others are there too. */
    private static boolean isUpToDate(DataSource database) throws CannotStart {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (!isTrue(statement, "select to_regclass('flyway_schema_history') is not null")) {
                return false;
            }
            return isTrue(
                    statement,
                    "select bool_and(success) and max(version::int) = " + NEWEST
                            + " from flyway_schema_history where version is not null");
        } catch (SQLException e) {
            throw new CannotStart("The database's schema cannot be looked at: " + e.getMessage() + ".", e);
        }
    }

    /** The newest step that the database has taken; 0 of one in which there is nothing. */
    static int step(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!isTrue(statement, "select to_regclass('flyway_schema_history') is not null")) {
                return 0;
            }
            try (ResultSet answer = statement.executeQuery(
                    "select coalesce(max(version::int), 0) from flyway_schema_history where version is not null")) {
                return answer.next() ? answer.getInt(1) : 0;
            }
        }
    }

    /** Takes a database in which there is nothing to one step. */
    static void begin(DataSource database, int step) throws CannotStart {
        bringForward(database, MigrationVersion.fromVersion(Integer.toString(step)));
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet answer = statement.executeQuery(query)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private static void bringForward(DataSource database, MigrationVersion target) throws CannotStart {
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .failOnMissingLocations(true)
                    .target(target)
                    .load();
            var newer = Arrays.stream(flyway.info().all())
                    .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS
                            || migration.getState() == MigrationState.FUTURE_FAILED)
                    .map(MigrationInfo::getVersion)
                    .findFirst();
            if (newer.isPresent()) {
                throw new CannotStart("The database was used by a newer version of Everytake (its schema has step "
                        + newer.get() + ", which this program does not know); run that version.");
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw new CannotStart(
                    "The database's schema cannot be brought up to date: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ".",
                    e);
        }
    }
}
