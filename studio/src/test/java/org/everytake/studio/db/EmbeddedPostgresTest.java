package org.everytake.studio.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.everytake.studio.config.CannotStart;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path folder;

    private static Jdbi jdbi(EmbeddedPostgres postgres) {
        DatabaseAddress address = postgres.address();
        return Jdbi.create(address.url(), address.user(), address.password());
    }

    private static String ask(EmbeddedPostgres postgres, String question) {
        return jdbi(postgres)
                .withHandle(handle ->
                        handle.createQuery(question).mapTo(String.class).one());
    }

    @Test
    void startsKeepsWhatWasCommittedAndForcesIt() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, new SecureRandom())) {
            jdbi(postgres).useHandle(handle -> handle.execute("create table kept as select 42 as answer"));
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "show server_version")).startsWith(PostgresPrograms.MAJOR + ".");
        }
        try (var postgres = EmbeddedPostgres.start(folder, new SecureRandom())) {
            assertThat(ask(postgres, "select answer::text from kept")).isEqualTo("42");
        }
    }

    @Test
    void asksForItsPassword() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder, new SecureRandom())) {
            var address = postgres.address();
            assertThatThrownBy(() -> Jdbi.create(address.url(), address.user(), "wrong")
                            .open()
                            .close())
                    .hasStackTraceContaining("password authentication failed");
        }
    }

    @Test
    void aStaleProcessFileOfAnotherProgramDoesNotHinderTheStart() throws Exception {
        EmbeddedPostgres.start(folder, new SecureRandom()).close();
        Path cluster = folder.resolve("cluster-" + PostgresPrograms.MAJOR);
        // As after a restart of a container: the number now belongs to a program that is not PostgreSQL.
        Files.writeString(
                cluster.resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + cluster + "\n1\n5432\n\n127.0.0.1\n\nready\n");
        try (var postgres = EmbeddedPostgres.start(folder, new SecureRandom())) {
            assertThat(ask(postgres, "select 'yes'")).isEqualTo("yes");
        }
    }

    @Test
    void whenWeAreKilledItShutsDownCleanlyAndStartsAgain() throws Exception {
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartedForever.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = program.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("answers");
        }
        program.destroyForcibly();
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        try (var postgres = EmbeddedPostgres.start(folder, new SecureRandom())) {
            assertThat(ask(postgres, "select 'yes'")).isEqualTo("yes");
        }
        assertThat(Files.readString(folder.resolve("log")))
                .contains("received fast shutdown request")
                .doesNotContain("was not properly shut down");
    }

    /** A program of its own, so that it can be killed. */
    static final class StartedForever {
        public static void main(String[] arguments) throws CannotStart, InterruptedException {
            EmbeddedPostgres.start(Path.of(arguments[0]), new SecureRandom());
            System.out.println("answers");
            Thread.currentThread().join();
        }
    }
}
