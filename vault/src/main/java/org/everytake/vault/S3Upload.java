package org.everytake.vault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.everytake.vault.StoreFault.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an object: by one request, or in parts if there are more than 8 MB. Holds one part in memory, and of a file nothing;
 * of a file parts are not sent again either that an earlier try, which the network ended, has sent. Belongs to the thread
 * that puts.
 */
final class S3Upload extends OutputStream {
    static final int PART_BYTES = 8 << 20;
    static final int MOST_PARTS = 10_000;

    private static final Logger log = LoggerFactory.getLogger(S3Upload.class);
    private static final int MEGABYTE = 1 << 20;
    private static final int FIRST_BUFFER_BYTES = 64 << 10;

    private final S3Bucket bucket;
    private final String name;
    private final Content content;
    private final @Nullable Path file;
    private final int partBytes;
    /** Uploads that this process is about, which no other of its threads may take up or clear away. */
    private final Set<String> running;

    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int filled;
    private long size;
    private @Nullable String upload;
    private Map<Integer, S3Bucket.Received> received = Map.of();
    private final List<String> eTags = new ArrayList<>();
    /** Whether a write has failed half way: then some bytes are missing, whatever the writer makes of it. */
    private boolean torn;

    S3Upload(S3Bucket bucket, String name, Content content, Set<String> running) throws IOException {
        this.bucket = bucket;
        this.name = name;
        this.content = content;
        this.file = content.file();
        this.partBytes = file == null ? PART_BYTES : partBytes(Files.size(file));
        this.running = running;
    }

    /** 8 MB, or as many whole MB as it takes to stay within the parts an object may have. */
    static int partBytes(long fileBytes) {
        long least = Math.ceilDiv(Math.ceilDiv(fileBytes, MOST_PARTS), MEGABYTE) * MEGABYTE;
        return Math.toIntExact(Math.max(PART_BYTES, least));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        boolean before = torn;
        torn = true;
        int end = offset + length;
        for (int from = offset; from < end; ) {
            if (filled == partBytes) {
                sendPart(); // only now, when more comes: a single one needs no parts
            }
            int count = Math.min(end - from, partBytes - filled);
            reserve(filled + count);
            System.arraycopy(bytes, from, buffer, filled, count);
            filled += count;
            from += count;
        }
        size += length;
        torn = before;
    }

    private void reserve(int capacity) {
        if (capacity > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(partBytes, Math.max(capacity, buffer.length * 2)));
        }
    }

    /** Puts all of it, and looks whether it is there. */
    void put() throws IOException {
        if (file == null) {
            content.writeTo(this);
            finish();
        } else {
            put(file);
        }
    }

    private void finish() throws IOException {
        if (torn) {
            throw new IOException("What was to be put as " + name + " failed while it was written.");
        }
        if (upload == null) {
            putWhole(Payload.of(buffer, filled));
        } else {
            sendPart();
            finishParts(upload);
        }
    }

    private void put(Path whole) throws IOException {
        size = Files.size(whole);
        if (size <= partBytes) {
            putWhole(Payload.of(whole, 0, Math.toIntExact(size)));
            return;
        }
        for (long from = 0; from < size; from += partBytes) {
            sendPart(Payload.of(whole, from, Math.toIntExact(Math.min(partBytes, size - from))));
        }
        finishParts(Objects.requireNonNull(upload));
    }

    private void putWhole(Payload whole) throws IOException {
        S3Bucket.Proof proof = bucket.put(name, whole);
        if (!proof.complete()) {
            bucket.requireThere(name, size, proof.eTag());
        }
    }

    private void finishParts(String id) throws IOException {
        bucket.requireThere(name, size, bucket.finish(name, id, eTags));
    }

    private void sendPart() throws IOException {
        sendPart(Payload.of(buffer, filled));
        filled = 0;
    }

    private void sendPart(Payload part) throws IOException {
        int number = eTags.size() + 1;
        if (number > MOST_PARTS) {
            throw new StoreFault(
                    Reason.OTHER,
                    "The object " + name + " is larger than " + (long) MOST_PARTS * partBytes
                            + " bytes, in parts of which S3 takes no more. Put it in pieces.");
        }
        String id = upload == null ? begin() : upload;
        S3Bucket.Received there = received.get(number);
        if (there != null && there.sizeBytes() == part.length() && ETag.confirms(there.eTag(), ETag.md5(part))) {
            eTags.add(there.eTag());
        } else {
            eTags.add(bucket.putPart(name, id, number, part));
        }
    }

    private String begin() throws IOException {
        String id = file == null ? null : resume();
        if (id == null) {
            id = bucket.begin(name);
            running.add(id);
        }
        upload = id;
        return id;
    }

    /** The newest unfinished upload of this object that nobody is about, and what is there of it; null if there is none. */
    private @Nullable String resume() {
        String taken = null;
        try {
            Optional<S3Bucket.Unfinished> newest = bucket.unfinished(name).stream()
                    .filter(unfinished -> unfinished.name().equals(name))
                    .max(Comparator.comparing(S3Bucket.Unfinished::begun));
            if (newest.isEmpty() || !running.add(newest.get().upload())) {
                return null;
            }
            taken = newest.get().upload();
            received = bucket.partsOf(name, taken);
            return taken;
        } catch (IOException e) {
            // not every server, and not every key, can list uploads; without it all parts are sent
            log.debug("cannot look for an unfinished upload of {}: {}", name, e.getMessage());
            if (taken != null) {
                running.remove(taken);
            }
            return null;
        }
    }

    /** To be called when nothing more is done about it, whether it was finished or not. */
    void release() {
        if (upload != null) {
            running.remove(upload);
        }
    }

    /** After a failure: takes away the parts that are there, but for those which a later try can go on with. */
    void giveUp(Throwable failure) {
        if (upload == null || (file != null && failure instanceof StoreFault)) {
            return;
        }
        try {
            bucket.abandon(name, upload);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
