package org.everytake.studio.db;

import java.util.Arrays;
import javax.sql.DataSource;
import org.everytake.studio.config.CannotStart;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the schema forward, never back: {@code db/migration/V….sql} on the class path, each once, in order. */
final class Migrations {
    private Migrations() {}

    static void migrate(DataSource database) throws CannotStart {
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .failOnMissingLocations(true)
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
