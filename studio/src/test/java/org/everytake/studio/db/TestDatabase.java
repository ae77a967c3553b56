package org.everytake.studio.db;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.everytake.studio.config.CannotStart;
import org.jspecify.annotations.Nullable;

/** Real databases for tests: one PostgreSQL for the JVM, and in it a migrated database for each who asks. */
public final class TestDatabase {
    private static final Path FOLDER = Path.of("target", "test-postgres").toAbsolutePath();
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private TestDatabase() {}

    /** An empty, migrated database. Closed by who asked; gone with the next run. */
    public static Database fresh() throws CannotStart {
        return Database.open(freshAddress(), 4);
    }

    /** An empty database without a schema. */
    public static synchronized DatabaseAddress freshAddress() throws CannotStart {
        if (server == null) {
            server = EmbeddedPostgres.start(FOLDER, new SecureRandom());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        }
        DatabaseAddress address = server.address();
        String name = "test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
        var jdbi = org.jdbi.v3.core.Jdbi.create(address.url(), address.user(), address.password());
        jdbi.useHandle(handle -> {
            if (COUNTER.get() == 1) {
                handle.createQuery("select datname from pg_database where datname like 'test_%'")
                        .mapTo(String.class)
                        .list()
                        .forEach(old -> handle.execute("drop database " + old));
            }
            handle.execute("create database " + name);
        });
        return new DatabaseAddress(
                address.url().replaceAll("/postgres$", "/" + name), address.user(), address.password());
    }
}
