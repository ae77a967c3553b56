package org.everytake.studio.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;

/** The organisations' own stores. Joins the caller's transaction. */
final class StoreTable {
    private static final int MOST = 10_000;
    private static final String STORES = """
            select s.id, s.organisation, s.endpoint, s.bucket, s.prefix, s.access_key, s.region, s.path_style,
                s.storage_class, s.copies, s.kms_key, s.revision
            from stores s
            """;

    private StoreTable() {}

    /** Where an organisation's new recordings go; empty for the server's own folder. */
    static Optional<OwnStore> current(Handle handle, UUID organisation) {
        return stores(
                        handle,
                        "where s.organisation = :organisation and s.current",
                        Map.of("organisation", organisation))
                .findOne();
    }

    static Optional<OwnStore> find(Handle handle, UUID id) {
        return stores(handle, "where s.id = :id", Map.of("id", id)).findOne();
    }

    /** Where a recording lies; empty for the server's own folder. */
    static Optional<OwnStore> ofRecording(Handle handle, UUID recording) {
        return stores(
                        handle,
                        "join recordings r on r.store = s.id where r.id = :recording",
                        Map.of("recording", recording))
                .findOne();
    }

    /** Whoever has this place. */
    static Optional<OwnStore> at(Handle handle, OwnStore.Place place) {
        return stores(
                        handle,
                        "where s.endpoint = :endpoint and s.bucket = :bucket and s.prefix = :prefix",
                        Map.of("endpoint", place.endpoint(), "bucket", place.bucket(), "prefix", place.prefix()))
                .findOne();
    }

    static List<OwnStore> all(Handle handle) {
        return stores(handle, "order by s.id limit :most", Map.of("most", MOST)).list();
    }

    static List<OwnStore> of(Handle handle, UUID organisation) {
        return stores(
                        handle,
                        "where s.organisation = :organisation order by s.id limit :most",
                        Map.of("organisation", organisation, "most", MOST))
                .list();
    }

    private static ResultIterable<OwnStore> stores(Handle handle, String which, Map<String, ?> values) {
        return handle.createQuery(STORES + which).bindMap(values).map((row, context) -> store(row));
    }

    static byte[] secret(Handle handle, UUID id) {
        return handle.createQuery("select secret from stores where id = :id")
                .bind("id", id)
                .mapTo(byte[].class)
                .one();
    }

    /** Adds it, or changes the one of its id; either way new recordings go there from now on. */
    static void put(Handle handle, OwnStore store, byte[] secret, Instant now) {
        noneCurrent(handle, store.organisation());
        handle.createUpdate("""
                        insert into stores (id, organisation, current, endpoint, bucket, prefix, access_key, secret, region,
                            path_style, storage_class, copies, kms_key, revision, created_at)
                        values (:id, :organisation, true, :endpoint, :bucket, :prefix, :accessKey, :secret, :region,
                            :pathStyle, :storageClass, :copies, :kmsKey, :revision, :now)
                        on conflict (id) do update set current = true, access_key = excluded.access_key,
                            secret = excluded.secret, region = excluded.region, path_style = excluded.path_style,
                            storage_class = excluded.storage_class, copies = excluded.copies,
                            kms_key = excluded.kms_key, revision = excluded.revision
                        """)
                .bind("id", store.id())
                .bind("organisation", store.organisation())
                .bind("endpoint", store.place().endpoint())
                .bind("bucket", store.place().bucket())
                .bind("prefix", store.place().prefix())
                .bind("accessKey", store.accessKey())
                .bind("secret", secret)
                .bind("region", store.ways().region())
                .bind("pathStyle", store.ways().pathStyle())
                .bind("storageClass", store.ways().storageClass())
                .bind("copies", store.ways().copies().word())
                .bind("kmsKey", store.ways().kmsKey())
                .bind("revision", store.revision())
                .bind("now", Sql.time(now))
                .execute();
    }

    /** New recordings go to the server's own folder. */
    static void noneCurrent(Handle handle, UUID organisation) {
        handle.createUpdate("update stores set current = false where organisation = :organisation and current")
                .bind("organisation", organisation)
                .execute();
    }

    /** Forgets a store to which nothing goes and in which nothing lies; false if it is not such a one. */
    static boolean forget(Handle handle, UUID id) {
        return handle.createUpdate("""
                        delete from stores s where s.id = :id and not s.current and not exists (
                            select 1 from recordings r where r.store = s.id and r.erased_at is null)
                        """).bind("id", id).execute() == 1;
    }

    private static OwnStore store(ResultSet row) throws SQLException {
        return new OwnStore(
                row.getObject("id", UUID.class),
                row.getObject("organisation", UUID.class),
                new OwnStore.Place(row.getString("endpoint"), row.getString("bucket"), row.getString("prefix")),
                row.getString("access_key"),
                new OwnStore.Ways(
                        row.getString("region"),
                        row.getBoolean("path_style"),
                        row.getString("storage_class"),
                        OwnStore.Copies.of(row.getString("copies")),
                        row.getString("kms_key")),
                row.getLong("revision"));
    }
}
