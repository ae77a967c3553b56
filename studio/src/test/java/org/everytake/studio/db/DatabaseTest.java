package org.everytake.studio.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.everytake.studio.config.CannotStart;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    @Test
    void migratesOnceAndFindsNothingToDoTheSecondTime() throws Exception {
        DatabaseAddress address = TestDatabase.freshAddress();
        Database.open(address, 2).close();
        try (var database = Database.open(address, 2)) {
            List<String> names = database.jdbi()
                    .withHandle(handle -> handle.createQuery("select name from organisations")
                            .mapTo(String.class)
                            .list());
            assertThat(names).containsExactly("Everytake");
        }
    }

    @Test
    void theNewestStepIsTheOneThatTheProgramTakesForIt() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(Migrations.class.getResource("/db/migration"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            int newest = files.mapToInt(file ->
                            Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1")))
                    .max()
                    .orElseThrow();
            assertThat(Migrations.NEWEST).isEqualTo(newest);
        }
    }

    @Test
    void aStepThatIsMissingIsTaken() throws Exception {
        DatabaseAddress address = TestDatabase.freshAddress();
        Database.open(address, 2).close();
        Jdbi jdbi = Jdbi.create(address.url(), address.user(), address.password());
        jdbi.useHandle(handle -> handle.createScript("""
                        drop table companions;
                        delete from flyway_schema_history where version = '25';
                        """).execute());
        try (var database = Database.open(address, 2)) {
            int tables = database.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "select count(*) from pg_tables where tablename = 'companions'")
                            .mapTo(Integer.class)
                            .one());
            assertThat(tables).isEqualTo(1);
        }
    }

    @Test
    void refusesASchemaOfANewerVersion() throws Exception {
        DatabaseAddress address = TestDatabase.freshAddress();
        Database.open(address, 2).close();
        Jdbi.create(address.url(), address.user(), address.password()).useHandle(handle -> handle.execute("""
                        insert into flyway_schema_history
                            (installed_rank, version, description, type, script, installed_by, execution_time, success)
                        values (1000, '999', 'later', 'SQL', 'V999__later.sql', 'somebody', 1, true)
                        """));
        assertThatThrownBy(() -> Database.open(address, 2))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("newer version of Everytake")
                .hasMessageContaining("999");
    }

    @Test
    void saysInASentenceThatADatabaseDoesNotAnswer() {
        var nowhere = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/nothing", "nobody", "secret");
        assertThatThrownBy(() -> Database.open(nowhere, 2))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("does not answer")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aTransactionWithinATransactionOfTheSameThreadJoinsIt() throws Exception {
        try (var database = TestDatabase.fresh()) {
            Jdbi jdbi = database.jdbi();
            jdbi.useHandle(handle -> handle.execute("create table things (name text)"));
            assertThatThrownBy(() -> jdbi.useTransaction(outer -> {
                        jdbi.useTransaction(inner -> inner.execute("insert into things values ('one')"));
                        throw new IllegalStateException("undo");
                    }))
                    .hasMessage("undo");
            int things = jdbi.withHandle(handle -> handle.createQuery("select count(*) from things")
                    .mapTo(Integer.class)
                    .one());
            assertThat(things).isZero();
        }
    }
}
