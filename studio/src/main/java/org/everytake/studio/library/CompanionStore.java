package org.everytake.studio.library;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Which companions recordings have. Any thread may use it; within a transaction of the caller's thread it joins that. */
public final class CompanionStore {
    private static final int MOST = 10_000;

    private final Jdbi jdbi;

    public CompanionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private record Of(UUID recording, Companion companion) {}

    /** It lies in the vault; one of the same kind that was there is replaced. */
    public void keep(UUID recording, Companion companion) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into companions (recording, kind, size_bytes, sha256) values (:recording, :kind, :size, :sha256)
                        on conflict (recording, kind) do update set size_bytes = :size, sha256 = :sha256
                        """)
                .bind("recording", recording)
                .bind("kind", companion.kind().word())
                .bind("size", companion.sizeBytes())
                .bind("sha256", companion.sha256())
                .execute());
    }

    public Optional<Companion> find(UUID recording, Companion.Kind kind) {
        return of(List.of(recording)).getOrDefault(recording, List.of()).stream()
                .filter(companion -> companion.kind() == kind)
                .findFirst();
    }

    /** Those of each of these recordings, in the order of their kinds. */
    Map<UUID, List<Companion>> of(Collection<UUID> recordings) {
        return jdbi.withHandle(handle -> handle
                .createQuery("""
                        select recording, kind, size_bytes, sha256 from companions where recording = any(:recordings)
                        order by kind limit :limit
                        """)
                .bindArray("recordings", UUID.class, recordings)
                .bind("limit", MOST)
                .map((row, context) -> new Of(
                        row.getObject("recording", UUID.class),
                        new Companion(
                                Companion.Kind.of(row.getString("kind")),
                                row.getLong("size_bytes"),
                                row.getString("sha256"))))
                .stream()
                .collect(Collectors.groupingBy(Of::recording, Collectors.mapping(Of::companion, Collectors.toList()))));
    }

    /** They are gone, or about to be. */
    public static void forget(Handle handle, UUID recording) {
        handle.createUpdate("delete from companions where recording = :recording")
                .bind("recording", recording)
                .execute();
    }
}
