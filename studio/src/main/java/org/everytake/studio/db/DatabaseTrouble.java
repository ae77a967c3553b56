package org.everytake.studio.db;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.everytake.studio.config.FullDisk;
import org.jspecify.annotations.Nullable;

/** Tells why the database did not do what it was asked, where that lies with it and not with the question. Any thread. */
public final class DatabaseTrouble {
    private static final String IS_FULL =
            "The disk on which the database lies is full, so that nothing can be written down."
                    + " Make room on it: the server goes on by itself then.";
    private static final String IS_AWAY =
            "The database does not answer at this moment. What is being recorded goes on; try"
                    + " again in a minute. If it stays so, its log says why.";

    private final @Nullable Path folder;

    /** @param folder in which our own database lies; null if it is somebody else's */
    public DatabaseTrouble(@Nullable Path folder) {
        this.folder = folder;
    }

    /** A sentence for whoever asked; empty if the failure is another one. */
    public Optional<String> of(Throwable failure) {
        if (!isOfDatabase(failure)) {
            return Optional.empty();
        }
        boolean full = FullDisk.isWhy(failure) || (folder != null && FullDisk.isAt(folder));
        return Optional.of(full ? IS_FULL : IS_AWAY);
    }

    private static boolean isOfDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || (cause instanceof SQLException sql && isOfDatabase(String.valueOf(sql.getSQLState())))) {
                return true;
            }
        }
        return false;
    }

    /** By the classes of PostgreSQL's appendix A: no connection, no means, an operator's intervention, the system's own. */
    private static boolean isOfDatabase(String state) {
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P") || state.startsWith("58");
    }
}
