package org.everytake.studio.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import javax.sql.DataSource;
import org.everytake.studio.config.CannotStart;
import org.jdbi.v3.core.Jdbi;

/**
 * A migrated database and its pool of connections. Any thread may use it.
 *
 * <p>A {@code jdbi().inTransaction} inside another one on the same thread joins it, so stores can be put together into
 * one transaction by whoever calls them.
 */
public final class Database implements AutoCloseable {
    /** Whoever asks while the database is away is told so after this. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** Connects, and brings the schema up to what this program knows. */
    public static Database open(DatabaseAddress address, int connections) throws CannotStart {
        HikariDataSource pool = pool(address, connections);
        try {
            Migrations.migrate(pool);
            return new Database(pool);
        } catch (CannotStart | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Connects by a single connection, and leaves the schema as it is: to look, beside a server that may be another version. */
    public static Database look(DatabaseAddress address) throws CannotStart {
        return new Database(pool(address, 1));
    }

    /** Where rows come from. */
    @FunctionalInterface
    public interface Rows {
        void into(Snapshot.Filling filling) throws SQLException, IOException;
    }

    /**
     * Makes a schema in a database in which there is nothing, takes rows into it, and brings it up to date.
     *
     * @param schema the step of which the rows are
     * @throws CannotStart also if there is something in it, or the rows do not fit; then none of them is in it
     */
    public static void fill(DatabaseAddress address, int schema, Rows rows) throws CannotStart {
        if (schema < 1 || schema > Migrations.NEWEST) {
            throw new CannotStart("The backup is of a newer version of Everytake (its schema has step " + schema
                    + ", this program knows " + Migrations.NEWEST + "); restore it with that version.");
        }
        try (HikariDataSource pool = pool(address, 2)) {
            try (Connection connection = pool.getConnection()) {
                if (Migrations.step(connection) > 0) {
                    throw new CannotStart("The database " + address.url()
                            + " is in use already; a backup is restored into an empty one.");
                }
            }
            Migrations.begin(pool, schema);
            try (Snapshot.Filling filling = Snapshot.fill(pool.getConnection())) {
                rows.into(filling);
                filling.commit();
            }
            Migrations.migrate(pool);
        } catch (SQLException | IOException e) {
            throw new CannotStart("The backup's rows do not fit: " + reason(e) + ".", e);
        }
    }

    private static HikariDataSource pool(DatabaseAddress address, int connections) throws CannotStart {
        var config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setPoolName("database");
        config.addDataSourceProperty("ApplicationName", "everytake");
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw new CannotStart("The database " + address.url() + " does not answer: " + reason(e) + ".", e);
        }
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public DataSource dataSource() {
        return pool;
    }

    /**
     * The pool's connections.
     *
     * @param waiting threads that wait for one
     * @param most how many there may be
     */
    public record Connections(int open, int busy, int waiting, int most) {}

    public Connections connections() {
        var now = pool.getHikariPoolMXBean();
        return new Connections(
                now.getTotalConnections(),
                now.getActiveConnections(),
                now.getThreadsAwaitingConnection(),
                pool.getMaximumPoolSize());
    }

    /** Why the database cannot be used at this moment, if it cannot. */
    public Optional<SQLException> failure() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(2)
                    ? Optional.empty()
                    : Optional.of(new SQLTransientConnectionException("the database does not answer"));
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static String reason(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElse("unknown")
                .replaceAll("\\.$", "");
    }
}
