package org.everytake.vault;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Objects in a bucket of S3, or of a server that speaks it. What fails is a {@link StoreFault}. An object that is being put
 * is seen by nobody before it is whole; a reader whose object is replaced or deleted is told so with its next request. Any
 * thread. One such store in one process for each prefix of a bucket.
 */
public final class S3Store implements Store, AutoCloseable {
    private final S3Bucket bucket;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    private S3Store(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** Asks for nothing yet, so that it can be opened while the store is away. */
    public static S3Store open(S3Options options, InstantSource clock) {
        return open(options, clock, S3Connections.http(address -> true));
    }

    /**
     * The same, which connects to no other addresses than these: asked anew for each request, since a name may lead
     * elsewhere by then.
     */
    public static S3Store open(S3Options options, InstantSource clock, Predicate<InetAddress> reachable) {
        return open(options, clock, S3Connections.http(reachable));
    }

    static S3Store open(S3Options options, InstantSource clock, SdkHttpClient http) {
        return new S3Store(new S3Bucket(options, clock, http));
    }

    /**
     * {@inheritDoc}
     *
     * <p>What goes in parts, and is a file, is taken up where the network ended an earlier try.
     */
    @Override
    public void put(String name, Content content) throws IOException {
        S3Upload upload = new S3Upload(bucket, ObjectName.require(name), content, running);
        try {
            upload.put();
        } catch (IOException | RuntimeException | Error e) {
            upload.giveUp(e);
            throw e;
        } finally {
            upload.release();
        }
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        return S3Channel.open(bucket, ObjectName.require(name));
    }

    @Override
    public long size(String name) throws IOException {
        return bucket.look(ObjectName.require(name)).sizeBytes();
    }

    @Override
    public List<Stored> list(String prefix) throws IOException {
        return bucket.list(ObjectName.requirePrefix(prefix)).stream()
                .sorted(Comparator.comparing(Stored::name))
                .toList();
    }

    /** By the MD5 of what it received, or by MD5 as it receives it, and by size and ETag afterwards. */
    @Override
    public boolean provesPuts() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>In a bucket that keeps versions, all of them are deleted. Of two who delete the same object at once, both may be
     * told that there was one.
     */
    @Override
    public boolean delete(String name) throws IOException {
        ObjectName.require(name);
        boolean wasThere;
        try {
            bucket.look(name);
            wasThere = true;
        } catch (NoSuchObject e) {
            wasThere = false;
        }
        bucket.delete(
                name); // even so: an earlier try may have ended when the object was hidden, and its versions were not
        return wasThere;
    }

    /**
     * Takes away what was begun to be put in parts and never finished, as after a crash: it is seen by nobody, and paid for.
     * At most a thousand at a time; to be called each day.
     *
     * @param begunBefore far enough back that no other process can still be about it
     * @return how many
     */
    public int clearUnfinished(Instant begunBefore) throws IOException {
        int cleared = 0;
        for (S3Bucket.Unfinished unfinished : bucket.unfinished("")) {
            if (unfinished.begun().isBefore(begunBefore) && !running.contains(unfinished.upload())) {
                bucket.abandon(unfinished.name(), unfinished.upload());
                cleared++;
            }
        }
        return cleared;
    }

    @Override
    public void close() {
        bucket.close();
    }
}
