package org.everytake.studio.library;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Jdbi;

/** Which pieces of which films there are. A piece is here only once it lies in the vault. Any thread may use it. */
public final class FilmStore {
    private static final int MOST = 1_000;

    private final Jdbi jdbi;

    public FilmStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Optional<Film> find(UUID recording) {
        return jdbi.inTransaction(handle -> {
            List<Film.Piece> pieces = handle.createQuery(
                            "select duration_nanos, size_bytes from film_pieces where recording = :recording order by number")
                    .bind("recording", recording)
                    .map((row, context) -> new Film.Piece(row.getLong("duration_nanos"), row.getLong("size_bytes")))
                    .list();
            return handle.createQuery("select beginning, over from films where recording = :recording")
                    .bind("recording", recording)
                    .map((row, context) ->
                            new Film(recording, row.getBytes("beginning"), pieces, row.getBoolean("over")))
                    .findOne();
        });
    }

    /**
     * A film begins, or goes on.
     *
     * @return false if it began otherwise, so that what would follow does not fit
     */
    public boolean begun(UUID recording, byte[] beginning) {
        byte[] there = jdbi.inTransaction(handle -> {
            handle.createUpdate(
                            "insert into films (recording, beginning) values (:recording, :beginning) on conflict do nothing")
                    .bind("recording", recording)
                    .bind("beginning", beginning)
                    .execute();
            return handle.createQuery("select beginning from films where recording = :recording")
                    .bind("recording", recording)
                    .mapTo(byte[].class)
                    .one();
        });
        return Arrays.equals(there, beginning);
    }

    /** A piece lies in the vault. */
    public void add(UUID recording, int number, Film.Piece piece) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into film_pieces (recording, number, duration_nanos, size_bytes)
                        values (:recording, :number, :duration, :size)
                        on conflict (recording, number) do update
                            set duration_nanos = excluded.duration_nanos, size_bytes = excluded.size_bytes
                        """)
                .bind("recording", recording)
                .bind("number", number)
                .bind("duration", piece.durationNanos())
                .bind("size", piece.sizeBytes())
                .execute());
    }

    /** No piece follows. */
    public void over(UUID recording) {
        jdbi.useHandle(handle -> handle.createUpdate("update films set over = true where recording = :recording")
                .bind("recording", recording)
                .execute());
    }

    public void forget(UUID recording) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from films where recording = :recording")
                .bind("recording", recording)
                .execute());
    }

    /** The recordings with a picture that run now and of which films are wanted, the oldest first. */
    public List<UUID> toFollow() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select r.id from recordings r join organisations o on o.id = r.organisation
                        where r.state = 'recording' and r.mode = 'video' and r.deleted_at is null
                            and (o.films = 'always' or r.film_wanted_at is not null)
                        order by r.created_at limit :limit
                        """).bind("limit", MOST).mapTo(UUID.class).list());
    }

    /** When an organisation has films made. */
    public Filming filming(UUID organisation) {
        return jdbi.withHandle(handle -> handle.createQuery("select films from organisations where id = :id")
                .bind("id", organisation)
                .mapTo(String.class)
                .findOne()
                .flatMap(Filming::of)
                .orElseThrow(() -> new IllegalStateException("there is no organisation " + organisation)));
    }

    void choose(UUID organisation, Filming filming) {
        jdbi.useHandle(handle -> handle.createUpdate("update organisations set films = :films where id = :id")
                .bind("films", filming.word())
                .bind("id", organisation)
                .execute());
    }

    /** Somebody wants to watch: an organisation that never has films made while recordings go on has them made later. */
    public void want(UUID recording, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update recordings r set film_wanted_at = coalesce(film_wanted_at, :now)
                        where id = :recording and (r.state not in ('starting', 'recording', 'stopping')
                            or exists (select from organisations o where o.id = r.organisation and o.films <> 'never'))
                        """)
                .bind("now", Sql.time(now))
                .bind("recording", recording)
                .execute());
    }

    /** Whether somebody wanted to watch. */
    public boolean isAskedFor(UUID recording) {
        return isTrue("select film_wanted_at is not null from recordings where id = :recording", recording);
    }

    /** Whether the file of everybody is to be made by itself when the recording is over. */
    public boolean isWanted(UUID recording) {
        return isTrue("""
                select o.films = 'always' or r.film_wanted_at is not null
                from recordings r join organisations o on o.id = r.organisation where r.id = :recording
                """, recording);
    }

    private boolean isTrue(String question, UUID recording) {
        return jdbi.withHandle(handle -> handle.createQuery(question)
                .bind("recording", recording)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }

    /** Those whose file of everybody has been there since this time or longer, so that nobody watches their pieces. */
    public List<UUID> toErase(Instant readyUntil) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select f.recording from films f join renditions x on x.recording = f.recording
                        where x.kind = 'composite' and x.format = 'mp4' and x.layout is null and x.state = 'ready'
                            and x.finished_at <= :until limit :limit
                        """)
                .bind("until", Sql.time(readyUntil))
                .bind("limit", MOST)
                .mapTo(UUID.class)
                .list());
    }
}
