package org.everytake.studio.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The accounts. Any thread; what changes something joins the caller's transaction. */
final class AccountStore {
    private static final String ALREADY_THERE = "23505"; // unique_violation

    private final Jdbi jdbi;

    AccountStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    static Optional<Account> find(Handle handle, UUID id) {
        return handle.createQuery("select id, email, name, password, operator from accounts where id = :id")
                .bind("id", id)
                .map((row, context) -> account(row))
                .findOne();
    }

    /** @param email in lower case */
    Optional<Account> byEmail(String email) {
        return jdbi.withHandle(handle -> byEmail(handle, email));
    }

    static Optional<Account> byEmail(Handle handle, String email) {
        return handle.createQuery(
                        "select id, email, name, password, operator from accounts where lower(email) = :email")
                .bind("email", email)
                .map((row, context) -> account(row))
                .findOne();
    }

    /** Whether anybody runs this server yet. */
    static boolean anyOperator(Handle handle) {
        return handle.createQuery("select exists (select from accounts where operator)")
                .mapTo(Boolean.class)
                .one();
    }

    static void create(Handle handle, Account account, Instant now) {
        unlessTaken(() -> handle.createUpdate("""
                        insert into accounts (id, email, name, password, operator, created_at)
                        values (:id, :email, :name, :password, :operator, :now)
                        """)
                .bind("id", account.id())
                .bind("email", account.email())
                .bind("name", account.name())
                .bind("password", account.password())
                .bind("operator", account.operator())
                .bind("now", Sql.time(now))
                .execute());
    }

    static void rename(Handle handle, UUID id, String name) {
        handle.createUpdate("update accounts set name = :name where id = :id")
                .bind("name", name)
                .bind("id", id)
                .execute();
    }

    static void readdress(Handle handle, UUID id, String email) {
        unlessTaken(() -> handle.createUpdate("update accounts set email = :email where id = :id")
                .bind("email", email)
                .bind("id", id)
                .execute());
    }

    /** @param password its hash, or null for none */
    static void password(Handle handle, UUID id, @Nullable String password) {
        handle.createUpdate("update accounts set password = :password where id = :id")
                .bind("password", password)
                .bind("id", id)
                .execute();
    }

    /** The same password, hashed anew; unless somebody has changed it meanwhile. */
    void rehash(UUID id, String old, String renewed) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update accounts set password = :renewed where id = :id and password = :old")
                .bind("renewed", renewed)
                .bind("id", id)
                .bind("old", old)
                .execute());
    }

    static void makeOperator(Handle handle, UUID id) {
        handle.createUpdate("update accounts set operator = true where id = :id")
                .bind("id", id)
                .execute();
    }

    private static void unlessTaken(Runnable change) {
        try {
            change.run();
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && ALREADY_THERE.equals(cause.getSQLState())) {
                throw new Refused(ErrorId.EMAIL_TAKEN, "Another account has this e-mail address.");
            }
            throw e;
        }
    }

    static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getObject("id", UUID.class),
                row.getString("email"),
                row.getString("name"),
                row.getString("password"),
                row.getBoolean("operator"));
    }
}
