package org.everytake.studio.storage;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.vault.DataKey;
import org.everytake.vault.KeyFault;
import org.everytake.vault.KeyKind;
import org.everytake.vault.Keys;
import org.everytake.vault.S3Options;
import org.everytake.vault.S3Store;
import org.everytake.vault.SealedText;
import org.everytake.vault.StoreProbe;
import org.everytake.vault.Vault;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every store there is: the server's own folder, and the buckets of organisations, which are opened when they are first
 * needed and anew when they are set up otherwise. Any thread.
 */
public final class Stores implements Vaults, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Stores.class);

    /** No request takes longer, so that what is replaced can be closed then. */
    private static final Duration LONGEST_USE = Duration.ofHours(12);

    /** Nobody goes on with an upload that was begun before. */
    private static final Duration UNFINISHED = Duration.ofDays(2);

    private final Jdbi jdbi;
    private final Vault own;
    private final Keys keys;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Reach reach;
    private final Map<UUID, Opened> opened = new HashMap<>();

    /**
     * @param own of the server's own folder
     * @param local whether a bucket may lie on this machine or in its network
     */
    public Stores(Jdbi jdbi, Vault own, Keys keys, InstantSource clock, SecureRandom random, boolean local) {
        this.jdbi = jdbi;
        this.own = own;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
        this.reach = new Reach(local);
    }

    /** A bucket that is open: for sealed objects, and for readable ones. */
    private record Opened(long revision, S3Store sealed, WatchedStore watched, S3Store readable)
            implements AutoCloseable {
        @Override
        public void close() {
            sealed.close();
            readable.close();
        }
    }

    @Override
    public Vault of(UUID recording) throws IOException {
        Optional<OwnStore> store = jdbi.withHandle(handle -> StoreTable.ofRecording(handle, recording));
        return store.isEmpty() ? own : new Vault(open(store.get()).watched());
    }

    /** Where files of a recording are put as ordinary tools read them, encrypted by S3; empty if they are nowhere. */
    public Optional<Vault> readable(UUID recording) throws IOException {
        Optional<OwnStore> store = jdbi.withHandle(handle -> StoreTable.ofRecording(handle, recording));
        return store.isEmpty() || store.get().ways().copies() == OwnStore.Copies.NONE
                ? Optional.empty()
                : Optional.of(new Vault(open(store.get()).readable()));
    }

    /** What ails a store, as far as it was asked for anything; null if nothing does. */
    synchronized WatchedStore.@Nullable Trouble trouble(UUID store) {
        Opened one = opened.get(store);
        return one == null ? null : one.watched().trouble();
    }

    /** Tries one as it would be set up. */
    List<StoreProbe.Step> probe(OwnStore store, String secret) {
        try (S3Store tried = open(store.readable(secret))) {
            return StoreProbe.probe(tried, random);
        }
    }

    /** To which addresses buckets may lead. */
    Reach reach() {
        return reach;
    }

    byte[] seal(UUID store, String secret) throws IOException {
        try {
            return SealedText.seal(keys.obtain(store.toString(), KeyKind.STORAGE), secretName(store), secret);
        } catch (KeyFault e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The secret by which a store that is set up is opened. */
    String secret(UUID store) throws IOException {
        byte[] sealed = jdbi.withHandle(handle -> StoreTable.secret(handle, store));
        try {
            DataKey key = keys.find(store.toString(), KeyKind.STORAGE);
            if (key == null) {
                throw new IOException("The key of the store " + store + " is missing, so that its secret key cannot be"
                        + " read. Put keys/" + store + ".storage back, or enter the secret key anew.");
            }
            return SealedText.open(key, secretName(store), sealed);
        } catch (KeyFault e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String secretName(UUID store) {
        return "stores/" + store + "/secret";
    }

    private synchronized Opened open(OwnStore store) throws IOException {
        Opened known = opened.get(store.id());
        if (known != null && known.revision() == store.revision()) {
            return known;
        }
        String secret = secret(store.id());
        S3Store sealed = open(store.sealed(secret));
        Opened fresh = new Opened(
                store.revision(),
                sealed,
                new WatchedStore(sealed, store.sealed(secret).place(), clock),
                open(store.readable(secret)));
        opened.put(store.id(), fresh);
        if (known != null) {
            CompletableFuture.delayedExecutor(LONGEST_USE.toMinutes(), TimeUnit.MINUTES)
                    .execute(known::close);
        }
        return fresh;
    }

    private S3Store open(S3Options options) {
        // AWS's own endpoints may lie in this server's network, as its gateways do
        return options.endpoint() == null
                ? S3Store.open(options, clock)
                : S3Store.open(options, clock, reach::includes);
    }

    /** Once a day: clears away what was begun to be put in buckets and never finished, and forgets those that are not used. */
    public JobKind tending() {
        return JobKind.every("stores.tend", Duration.ofDays(1), this::tend);
    }

    private void tend(Job job) {
        for (OwnStore store : jdbi.withHandle(StoreTable::all)) {
            if (job.cancelled()) {
                return;
            }
            try {
                if (jdbi.inTransaction(handle -> StoreTable.forget(handle, store.id()))) {
                    forgotten(store);
                } else {
                    int cleared =
                            open(store).sealed().clearUnfinished(clock.instant().minus(UNFINISHED));
                    log.debug("{} unfinished uploads were cleared away in {}", cleared, store.place());
                }
            } catch (IOException e) {
                log.warn("What was never finished could not be cleared away: {}", e.getMessage());
            }
        }
    }

    private void forgotten(OwnStore store) throws IOException {
        keys.destroy(store.id().toString(), KeyKind.STORAGE);
        Opened known;
        synchronized (this) {
            known = opened.remove(store.id());
        }
        if (known != null) {
            known.close();
        }
    }

    @Override
    public synchronized void close() {
        opened.values().forEach(Opened::close);
        opened.clear();
    }
}
