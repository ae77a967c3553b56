package org.everytake.studio.storage;

import java.time.Instant;
import java.util.UUID;
import org.everytake.studio.storage.OwnStore.Copies;
import org.everytake.vault.StoppableS3;
import org.jdbi.v3.core.Jdbi;

/** Has an organisation of a test keep its recordings in a bucket. */
public final class ChosenStore {
    public static final String PREFIX = "acme";

    private ChosenStore() {}

    /** @return the store's id */
    public static UUID of(Jdbi jdbi, Stores stores, UUID organisation, StoppableS3 s3) throws Exception {
        UUID id = UUID.randomUUID();
        var store = new OwnStore(
                id,
                organisation,
                new OwnStore.Place(s3.endpoint().toString(), StoppableS3.BUCKET, PREFIX),
                StoppableS3.ACCESS_KEY,
                new OwnStore.Ways("us-east-1", true, null, Copies.AES256, null),
                0);
        byte[] secret = stores.seal(id, StoppableS3.SECRET_KEY);
        jdbi.useTransaction(handle -> StoreTable.put(handle, store, secret, Instant.now()));
        return id;
    }
}
