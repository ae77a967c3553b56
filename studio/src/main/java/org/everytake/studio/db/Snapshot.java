package org.everytake.studio.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * All rows of a database as they were at one moment, table by table, in PostgreSQL's CSV. Others may go on writing
 * meanwhile. One thread.
 */
public final class Snapshot implements AutoCloseable {
    private static final int LONGEST_LINE = 10_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final Connection connection;
    private final int schema;

    private Snapshot(Connection connection, int schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** Of this moment, of a schema that this program or an older one has made. */
    public static Snapshot of(Database database) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return new Snapshot(connection, Migrations.step(connection));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The number of the newest step that the schema has taken. */
    public int schema() {
        return schema;
    }

    /** Its tables, each after those to whose rows its own refer. */
    public List<String> tables() throws SQLException {
        return tables(connection);
    }

    /** Writes a table's rows; the first line names the columns. */
    public void write(String table, OutputStream out) throws SQLException, IOException {
        String columns = String.join(", ", columns(connection, table));
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy " + name(table) + " (" + columns + ") to stdout with (format csv, header)", out);
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }

    /** Rows on their way into a schema that was just made. All of them come in, or none. One thread. */
    public static final class Filling implements AutoCloseable {
        private final Connection connection;

        private Filling(Connection connection) {
            this.connection = connection;
        }

        /**
         * Reads a table's rows, as {@link Snapshot#write} has written them. Tables come in that order.
         *
         * @return how many there are
         */
        public long read(String table, InputStream rows) throws SQLException, IOException {
            List<String> columns = List.of(firstLine(rows).split(","));
            columns.forEach(Snapshot::name);
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy " + name(table) + " (" + String.join(", ", columns)
                                    + ") from stdin with (format csv)",
                            rows);
        }

        private static String firstLine(InputStream in) throws IOException {
            var line = new StringBuilder();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.append((char) next);
                if (line.length() > LONGEST_LINE) {
                    throw new IOException("its first line does not name columns");
                }
            }
            return line.toString();
        }

        public void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.close();
        }
    }

    /** Empties all tables, which hold no more than what the steps of the schema put there. */
    static Filling fill(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("truncate " + String.join(", ", tables(connection)));
        }
        return new Filling(connection);
    }

    private static List<String> tables(Connection connection) throws SQLException {
        Map<String, Set<String>> needed = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select t.relname, r.relname as needed
                        from pg_class t
                            join pg_namespace n on n.oid = t.relnamespace and n.nspname = current_schema()
                            left join pg_constraint c on c.conrelid = t.oid and c.contype = 'f' and c.confrelid <> t.oid
                            left join pg_class r on r.oid = c.confrelid
                        where t.relkind = 'r' and t.relname <> 'flyway_schema_history'
                        order by t.relname, r.relname
                        """)) {
            while (rows.next()) {
                Set<String> of = needed.computeIfAbsent(rows.getString(1), table -> new LinkedHashSet<>());
                if (rows.getString(2) != null) {
                    of.add(rows.getString(2));
                }
            }
        }
        return inOrder(needed);
    }

    private static List<String> inOrder(Map<String, Set<String>> needed) {
        Set<String> ordered = new LinkedHashSet<>();
        while (ordered.size() < needed.size()) {
            List<String> next = needed.keySet().stream()
                    .filter(table -> !ordered.contains(table))
                    .filter(table -> ordered.containsAll(needed.getOrDefault(table, Set.of())))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("tables refer to each other in a circle: " + needed);
            }
            ordered.addAll(next);
        }
        return List.copyOf(ordered);
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                select column_name from information_schema.columns
                where table_schema = current_schema() and table_name = ? and is_generated = 'NEVER'
                order by ordinal_position
                """)) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(name(rows.getString(1)));
                }
            }
        }
        return columns;
    }

    /** A name that may stand in a statement as it is. */
    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is not the name of a table or a column");
        }
        return name;
    }
}
