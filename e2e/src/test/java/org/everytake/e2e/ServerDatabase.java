package org.everytake.e2e;

import java.io.IOException;
import java.util.List;
import org.everytake.bench.server.Server;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.EmbeddedPostgres;

/** The database of a server that runs, for what no person waits for: days that pass, work of the night. */
final class ServerDatabase implements AutoCloseable {
    private final Database database;

    private ServerDatabase(Database database) {
        this.database = database;
    }

    static ServerDatabase of(Server server) throws IOException, CannotStart {
        return new ServerDatabase(
                Database.look(EmbeddedPostgres.running(server.place().data().resolve("postgres"))
                        .orElseThrow()));
    }

    int execute(String sql, Object... values) {
        return database.jdbi().withHandle(handle -> handle.execute(sql, values));
    }

    List<String> texts(String sql, String value) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql)
                        .bind(0, value)
                        .mapTo(String.class)
                        .list());
    }

    @Override
    public void close() {
        database.close();
    }
}
