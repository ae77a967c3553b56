package org.everytake.studio.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Jdbi;

/** Who and what is in a recording. What it says can be told again from the journal, so each write may be repeated. */
public final class TakeStore {
    private static final int MOST = 10_000;

    private final Jdbi jdbi;

    public TakeStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Somebody is in the recording, and it is found by their name; told again, the name is the newest. */
    public void person(UUID recording, String person, String name) {
        jdbi.useTransaction(handle -> {
            int changed = handle.createUpdate("""
                            insert into recording_people (recording, person, name, ordinal)
                            values (:recording, :person, :name,
                                (select count(*) from recording_people where recording = :recording))
                            on conflict (recording, person) do update set name = excluded.name
                                where recording_people.name <> excluded.name
                            """)
                    .bind("recording", recording)
                    .bind("person", person)
                    .bind("name", name)
                    .execute();
            if (changed > 0) {
                RecordingStore.words(handle, recording);
            }
        });
    }

    /** In the order in which they came. */
    public List<RecordedPerson> people(UUID recording) {
        return people(List.of(recording)).getOrDefault(recording, List.of());
    }

    /** Of each of these recordings, in the order in which they came. */
    Map<UUID, List<RecordedPerson>> people(Collection<UUID> recordings) {
        Map<UUID, List<RecordedPerson>> people = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        select recording, person, name from recording_people
                        where recording = any(:recordings) order by recording, ordinal, person limit :limit
                        """)
                .bindArray("recordings", UUID.class, recordings)
                .bind("limit", MOST)
                .map((row, context) -> people.computeIfAbsent(
                                row.getObject("recording", UUID.class), ignored -> new ArrayList<>())
                        .add(new RecordedPerson(row.getString("person"), row.getString("name"))))
                .list());
        return people;
    }

    /** A take was opened, or has changed; told again, the newest stands. */
    public void put(UUID recording, TakeFacts take) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into takes (recording, take, person, kind, device, opened_millis, closed_millis,
                            close_reason, packets, dropped)
                        values (:recording, :take, :person, :kind, :device, :opened, :closed, :reason, :packets,
                            :dropped)
                        on conflict (recording, take) do update set
                            closed_millis = excluded.closed_millis, close_reason = excluded.close_reason,
                            packets = excluded.packets, dropped = excluded.dropped
                        """)
                .bind("recording", recording)
                .bind("take", take.take())
                .bind("person", take.person())
                .bind("kind", take.kind())
                .bind("device", take.device())
                .bind("opened", take.openedMillis())
                .bind("closed", take.closedMillis())
                .bind("reason", take.closeReason())
                .bind("packets", take.packets())
                .bind("dropped", take.dropped())
                .execute());
    }

    public List<TakeFacts> takes(UUID recording) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select take, person, kind, device, opened_millis, closed_millis, close_reason, packets, dropped
                        from takes where recording = :recording order by take limit :limit
                        """)
                .bind("recording", recording)
                .bind("limit", MOST)
                .map((row, context) -> take(row))
                .list());
    }

    private static TakeFacts take(ResultSet row) throws SQLException {
        return new TakeFacts(
                row.getInt("take"),
                row.getString("person"),
                row.getString("kind"),
                row.getString("device"),
                row.getLong("opened_millis"),
                Sql.longOrNull(row, "closed_millis"),
                row.getString("close_reason"),
                row.getLong("packets"),
                row.getLong("dropped"));
    }
}
