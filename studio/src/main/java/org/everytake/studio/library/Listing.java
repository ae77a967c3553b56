package org.everytake.studio.library;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.everytake.studio.people.Caller;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Finds a page of what somebody may see, in an order, by conditions: its ids only. Fast for whoever sees nearly all as for
 * whoever sees ten among 100,000, and for frequent words as for rare ones, because it never asks the database to guess
 * (decision 0035). It walks:
 *
 * <ol>
 *   <li>through all in a state, if those are few, which is quickly counted,
 *   <li>else along the order, a bounded stretch: that fills the page when many of what is met are wanted,
 *   <li>else, if all that somebody sees is few, through all of that,
 *   <li>else through the index of what is wanted: its words, its state. That is little, or the stretch had been enough.
 * </ol>
 *
 * <p>Any thread; may block.
 */
final class Listing {
    /** How far it goes along the order before it tries otherwise, and how much is few. */
    private static final int STRETCH = 2_000;

    /** What is listed: the table of the things, and the table of who sees them. */
    enum What {
        RECORDINGS("recordings", "recording_viewers", "recording"),
        SESSIONS("sessions", "session_people", "session");

        final String things;
        final String viewers;
        final String thing;

        What(String things, String viewers, String thing) {
            this.things = things;
            this.viewers = viewers;
            this.thing = thing;
        }
    }

    /**
     * An order.
     *
     * @param key the column, empty if it is by id, which is by time
     * @param type the column's
     * @param descending both the key and, where it is the same, the id
     */
    enum Order {
        NEWEST("", "", true),
        OLDEST("", "", false),
        TITLE("title_key", "text", false),
        LONGEST("duration_millis", "bigint", true),
        SOONEST("happens_at", "timestamptz", false),
        LATEST("happens_at", "timestamptz", true);

        final String key;
        final String type;
        final boolean descending;

        Order(String key, String type, boolean descending) {
            this.key = key;
            this.type = type;
            this.descending = descending;
        }

        /** As the API spells it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String by(String table) {
            return (key.isEmpty() ? "" : table + "." + key + direction() + ", ") + table + ".id" + direction();
        }

        private String after(String table) {
            return key.isEmpty()
                    ? afterId(table + ".id")
                    : "(" + table + "." + key + ", " + table + ".id)" + sign() + "(:afterKey::" + type + ", :afterId)";
        }

        private String afterId(String column) {
            return column + sign() + ":afterId";
        }

        private String direction() {
            return descending ? " desc" : "";
        }

        private String sign() {
            return descending ? " < " : " > ";
        }
    }

    /** One of a page: what it is, and the text of what it was sorted by. */
    record Found(UUID id, String key) {}

    private final What what;
    private final Order order;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private final String sees;
    private String perhapsRare = "";
    private boolean indexed;
    private boolean later;
    private boolean narrow;

    private Listing(What what, Order order, Caller caller) {
        this.what = what;
        this.order = order;
        values.put("organisation", caller.organisation());
        values.put("email", Rights.address(caller));
        boolean allRoles = what == What.SESSIONS || Rights.seesWhereInvited(caller);
        this.sees =
                "v.organisation = :organisation and v.email = :email" + (allRoles ? "" : " and v.role <> 'invited'");
    }

    static Listing of(What what, Order order, Caller caller) {
        return new Listing(what, order, caller);
    }

    /** Only what has all these words; a {@link Words#query}. */
    Listing words(String query) {
        indexed = true;
        return where("search @@ :words::tsquery", "words", query);
    }

    /** Only what is in this state. */
    Listing state(RecordingState state) {
        // Said of it literally, so that the index of what is not ready is seen to hold it.
        String condition = "state = '" + state.word() + "'";
        conditions.add(condition);
        if (state != RecordingState.READY) {
            indexed = true;
            perhapsRare = condition;
        }
        return this;
    }

    /** Only those of that session, which has an index of its own. */
    Listing ofSession(UUID session) {
        narrow = true;
        return where("session = :session", "session", session);
    }

    /** Only some of these. */
    Listing among(UUID... ids) {
        narrow = true;
        return where("id = any(:among)", "among", ids);
    }

    /** Only what this condition on a column holds for. */
    Listing where(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
        return this;
    }

    /** Only what comes after that. */
    Listing after(Optional<Cursor> cursor) {
        cursor.ifPresent(place -> {
            later = true;
            values.put("afterId", place.id());
            if (!order.key.isEmpty()) {
                values.put("afterKey", place.key());
            }
        });
        return this;
    }

    List<Found> find(Jdbi jdbi, int limit) {
        values.put("limit", limit);
        values.put("stretch", STRETCH);
        try {
            return jdbi.withHandle(handle -> find(handle, limit));
        } catch (UnableToExecuteStatementException e) {
            // The only text that goes in as it came is the cursor's key.
            if (later
                    && e.getCause() instanceof SQLException fault
                    && fault.getSQLState().startsWith("22")) {
                throw Cursor.none();
            }
            throw e;
        }
    }

    private List<Found> find(Handle handle, int limit) {
        if (narrow || isRareState(handle)) {
            return ask(handle, wanted());
        }
        if (order.key.isEmpty()) {
            if (conditions.isEmpty()) {
                return ask(handle, mine(""));
            }
            List<Found> near = ask(handle, mine("limit :stretch"));
            if (near.size() == limit || isFew(handle)) {
                return near;
            }
            return ask(handle, indexed ? wanted() : mine(""));
        }
        if (isFew(handle)) {
            return ask(handle, few());
        }
        List<Found> near = ask(handle, along("limit :stretch"));
        if (near.size() == limit) {
            return near;
        }
        return ask(handle, indexed ? wanted() : along(""));
    }

    /** Whether all that somebody sees is no more than a stretch. */
    private boolean isFew(Handle handle) {
        return isAtMostAStretch(handle, what.viewers + " v where " + sees);
    }

    /** Whether a state is asked for in which all together are no more than a stretch. */
    private boolean isRareState(Handle handle) {
        return !perhapsRare.isEmpty()
                && isAtMostAStretch(
                        handle,
                        what.things + " i where i.organisation = :organisation and i.deleted_at is null and i."
                                + perhapsRare);
    }

    private boolean isAtMostAStretch(Handle handle, String rows) {
        return bound(handle, "select count(*) from (select from " + rows + " limit :stretch + 1) few")
                        .mapTo(Long.class)
                        .one()
                <= STRETCH;
    }

    /** Through what somebody sees, in the order of the ids, which is that of the index. */
    private String mine(String most) {
        String column = "v." + what.thing;
        return "select i.id, '' as key from (select " + column + " as id from " + what.viewers + " v where " + sees
                + (later ? " and " + order.afterId(column) : "") + " order by " + column + order.direction() + " "
                + most
                + ") mine join " + what.things + " i on i.id = mine.id where i.deleted_at is null" + conditions()
                + " order by mine.id" + order.direction() + " limit :limit";
    }

    /** Through what somebody sees, which is few, sorting it. */
    private String few() {
        return "with mine as materialized (select v." + what.thing + " as id from " + what.viewers + " v where " + sees
                + ") select i.id, i." + order.key + "::text as key from mine join " + what.things
                + " i on i.id = mine.id where i.deleted_at is null" + conditions() + after("i") + " order by "
                + order.by("i") + " limit :limit";
    }

    /** Along the order, through everybody's. */
    private String along(String most) {
        return "select i.id, i." + order.key + "::text as key from (select * from " + what.things
                + " i where i.organisation = :organisation and i.deleted_at is null" + bounds() + after("i")
                + " order by " + order.by("i") + " " + most + ") i where " + seen("i") + conditions() + " order by "
                + order.by("i") + " limit :limit";
    }

    /** Through the index of what is wanted. */
    private String wanted() {
        String key = order.key.isEmpty() ? "''" : "h." + order.key + "::text";
        return "with h as materialized (select i.* from " + what.things
                + " i where i.organisation = :organisation and i.deleted_at is null" + conditions() + ") select h.id, "
                + key + " as key from h where " + seen("h") + after("h") + " order by " + order.by("h")
                + " limit :limit";
    }

    /** Looked up for each row: "offset 0" keeps the database from reading all that somebody sees to join it. */
    private String seen(String table) {
        return "exists (select from " + what.viewers + " v where " + sees + " and v." + what.thing + " = " + table
                + ".id offset 0)";
    }

    private String after(String table) {
        return later ? " and " + order.after(table) : "";
    }

    /** The conditions on what the order sorts by: they say where it begins. */
    private String bounds() {
        return and(conditions.stream().filter(condition -> condition.startsWith(order.key)));
    }

    private String conditions() {
        return and(conditions.stream());
    }

    private static String and(Stream<String> conditions) {
        return conditions.map(condition -> " and i." + condition).collect(Collectors.joining());
    }

    private List<Found> ask(Handle handle, String sql) {
        return bound(handle, sql)
                .map((row, context) -> new Found(row.getObject("id", UUID.class), row.getString("key")))
                .list();
    }

    private Query bound(Handle handle, String sql) {
        var query = handle.createQuery(sql);
        values.forEach((name, value) -> {
            if (sql.contains(":" + name)) {
                if (value instanceof UUID[] ids) {
                    query.bindArray(name, UUID.class, (Object[]) ids);
                } else {
                    query.bind(name, value);
                }
            }
        });
        return query;
    }
}
