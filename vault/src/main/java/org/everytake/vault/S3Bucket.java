package org.everytake.vault;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.everytake.vault.StoreFault.Reason;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * The requests to one bucket, each of which is answered or fails with a sentence. Names are those below the prefix. The
 * client sends a request again that failed for the network or the server, so an answer may be to the second one. Any thread.
 */
final class S3Bucket implements AutoCloseable {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+)");
    private static final int HTTP_NOT_FOUND = 404;
    private static final int HTTP_NO_SUCH_RANGE = 416;

    private final S3Options options;
    private final String root;
    private final S3Faults faults;
    private final S3Client client;
    /** Whether its ETags have proved to be MD5s: then each says what was received, and nothing need be said before. */
    private volatile boolean sums;

    S3Bucket(S3Options options, InstantSource clock, SdkHttpClient http) {
        this.options = options;
        this.root = options.prefix().isEmpty() ? "" : options.prefix() + "/";
        this.faults = new S3Faults(options, clock);
        this.client = S3Connections.client(options, http);
    }

    /**
     * What the store says of an object.
     *
     * @param encryption how it has encrypted it, {@code AES256} or {@code aws:kms}; null if it does not say that it has
     */
    record Facts(long sizeBytes, String eTag, @Nullable String encryption) {}

    /** A range of an object, and what it is a range of. */
    record Piece(byte[] bytes, long sizeBytes, String eTag) {}

    /** An object that was begun to be put in parts. */
    record Unfinished(String name, String upload, Instant begun) {}

    /** A part that the store has. */
    record Received(long sizeBytes, String eTag) {}

    Facts look(String name) throws IOException {
        try {
            HeadObjectResponse head = client.headObject(
                    request -> request.bucket(options.bucket()).key(key(name)));
            return new Facts(head.contentLength(), head.eTag(), head.serverSideEncryptionAsString());
        } catch (S3Exception e) {
            requireUsable(); // a HEAD is answered without a body, so without a reason
            throw e.statusCode() == HTTP_NOT_FOUND ? new NoSuchObject(name) : faults.of(e);
        } catch (SdkException | UncheckedIOException e) {
            throw faults.of(e);
        }
    }

    /**
     * A range of an object, cut where the object ends.
     *
     * @param eTag of which state of it; null for whichever is there
     * @param from must lie in the object, but for 0, of which an empty one has an empty range
     */
    Piece read(String name, @Nullable String eTag, long from, int length) throws IOException {
        ResponseBytes<GetObjectResponse> answer;
        try {
            answer = client.getObject(
                    request -> request.bucket(options.bucket())
                            .key(key(name))
                            .range("bytes=" + from + "-" + (from + length - 1))
                            .ifMatch(eTag),
                    (response, in) -> received(response, in, length));
        } catch (S3Exception e) {
            if (from == 0 && e.statusCode() == HTTP_NO_SUCH_RANGE) {
                Facts facts = look(name);
                return new Piece(new byte[0], facts.sizeBytes(), facts.eTag());
            }
            throw failed(name, e);
        } catch (SdkException | UncheckedIOException e) {
            throw failed(name, e);
        }
        Piece piece = piece(name, from, length, answer);
        if (eTag != null && !ETag.same(eTag, piece.eTag())) {
            throw faults.replaced(null); // some servers do not know If-Match
        }
        if (piece.bytes().length != Math.min(length, piece.sizeBytes() - from)) {
            throw new StoreFault(
                    Reason.DAMAGED,
                    "The " + options.place() + " sent " + piece.bytes().length + " bytes of " + name + " from " + from
                            + " on, and was asked for " + length + ".");
        }
        return piece;
    }

    /** What has come, never much more than was asked for. An answer that was cut off is asked for again. */
    private static ResponseBytes<GetObjectResponse> received(GetObjectResponse response, InputStream in, int length) {
        try {
            byte[] bytes = in.readNBytes(length + 1);
            Long announced = response.contentLength();
            if (announced != null && bytes.length < Math.min(announced, length)) {
                // the JDK takes it for the end
                throw new EOFException("the answer ended after " + bytes.length + " of " + announced + " bytes");
            }
            return ResponseBytes.fromByteArrayUnsafe(response, bytes);
        } catch (IOException e) {
            throw RetryableException.create("The answer was cut off.", e);
        }
    }

    private Piece piece(String name, long from, int length, ResponseBytes<GetObjectResponse> answer) throws StoreFault {
        byte[] bytes = answer.asByteArrayUnsafe();
        String eTag = answer.response().eTag();
        String range = answer.response().contentRange();
        if (range == null && from == 0 && bytes.length <= length) {
            return new Piece(bytes, bytes.length, eTag); // all of it, which a server may send
        }
        Matcher matcher = CONTENT_RANGE.matcher(range == null ? "" : range);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) != from) {
            throw new StoreFault(
                    Reason.OTHER,
                    "The " + options.place() + " does not send ranges of objects (asked for " + name + " from " + from
                            + " on, got \"" + range + "\"). Everytake needs a store that does.");
        }
        return new Piece(bytes, Long.parseLong(matcher.group(2)), eTag);
    }

    /** What a store has received: its ETag, and whether that says that it has all of it, and nothing else. */
    record Proof(String eTag, boolean complete) {}

    /** Puts an object by one request. */
    Proof put(String name, Payload payload) throws IOException {
        return proven(name, payload, md5 -> {
            PutObjectResponse answer = client.putObject(
                    request -> request.bucket(options.bucket())
                            .key(key(name))
                            .contentMD5(md5)
                            .storageClass(options.storageClass())
                            .serverSideEncryption(algorithm())
                            .ssekmsKeyId(kmsKey()),
                    body(payload));
            return new Answer(answer.eTag(), answer.serverSideEncryptionAsString());
        });
    }

    private record Answer(String eTag, @Nullable String encryption) {}

    /**
     * Sends bytes with their MD5, by which the store looks whether it got them, and which its ETag should be. Once it has
     * been, the ETag alone is looked at, and the bytes are summed while they are on their way.
     *
     * @param request is given the MD5 in base64, or null
     */
    private Proof proven(String name, Payload payload, Function<@Nullable String, Answer> request) throws IOException {
        CompletableFuture<byte[]> summing = new CompletableFuture<>();
        ForkJoinPool.commonPool().execute(() -> {
            try {
                summing.complete(ETag.md5(payload));
            } catch (IOException | RuntimeException | Error e) {
                summing.completeExceptionally(e);
            }
        });
        boolean before = !sums;
        String told = before ? Base64.getEncoder().encodeToString(sum(summing)) : null;
        Answer answer = send(name, () -> request.apply(told));
        byte[] md5 = sum(summing);
        requireSame(name, md5, answer.eTag(), answer.encryption());
        sums = ETag.confirms(answer.eTag(), md5);
        return sums || before ? new Proof(answer.eTag(), sums && algorithm() == null) : proven(name, payload, request);
    }

    private static byte[] sum(CompletableFuture<byte[]> summing) throws IOException {
        try {
            return summing.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw e;
        }
    }

    /** Begins to put an object in parts; returns the upload's id. */
    String begin(String name) throws IOException {
        return ask(
                        name,
                        () -> client.createMultipartUpload(request -> request.bucket(options.bucket())
                                .key(key(name))
                                .storageClass(options.storageClass())
                                .serverSideEncryption(algorithm())
                                .ssekmsKeyId(kmsKey())))
                .uploadId();
    }

    /**
     * Puts a part; returns its ETag.
     *
     * @param number from 1
     */
    String putPart(String name, String upload, int number, Payload payload) throws IOException {
        return proven(name, payload, md5 -> {
                    UploadPartResponse answer = client.uploadPart(
                            request -> request.bucket(options.bucket())
                                    .key(key(name))
                                    .uploadId(upload)
                                    .partNumber(number)
                                    .contentMD5(md5),
                            body(payload));
                    return new Answer(answer.eTag(), answer.serverSideEncryptionAsString());
                })
                .eTag();
    }

    /** Makes an object of the parts with these ETags, numbered from 1; returns its ETag. */
    String finish(String name, String upload, List<String> eTags) throws IOException {
        List<CompletedPart> parts = IntStream.range(0, eTags.size())
                .mapToObj(i -> CompletedPart.builder()
                        .partNumber(i + 1)
                        .eTag(eTags.get(i))
                        .build())
                .toList();
        try {
            return client.completeMultipartUpload(request -> request.bucket(options.bucket())
                            .key(key(name))
                            .uploadId(upload)
                            .multipartUpload(whole -> whole.parts(parts)))
                    .eTag();
        } catch (NoSuchUploadException e) {
            // so it is if the answer to the first request was lost, and the second one came upon what the first had
            // done
            Facts there = look(name);
            if (!ETag.bare(there.eTag()).equals(ETag.ofParts(eTags))) {
                throw faults.of(e);
            }
            return there.eTag();
        } catch (SdkException | UncheckedIOException e) {
            throw failed(name, e);
        }
    }

    /** Gives up an upload, with the parts that are there. */
    void abandon(String name, String upload) throws IOException {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(options.bucket()).key(key(name)).uploadId(upload));
        } catch (NoSuchUploadException e) {
            return; // it is as it shall be
        } catch (SdkException | UncheckedIOException e) {
            throw failed(name, e);
        }
    }

    /** Uploads of objects whose names begin so, at most a thousand. */
    List<Unfinished> unfinished(String prefix) throws IOException {
        List<Unfinished> found = new ArrayList<>();
        List<MultipartUpload> uploads = ask(
                        prefix,
                        () -> client.listMultipartUploads(
                                request -> request.bucket(options.bucket()).prefix(key(prefix))))
                .uploads();
        for (MultipartUpload upload : uploads) {
            String name = nameOf(upload.key());
            if (name != null && name.startsWith(prefix)) {
                found.add(new Unfinished(name, upload.uploadId(), upload.initiated()));
            }
        }
        return found;
    }

    /** The parts of an upload that the store has, by their numbers. */
    Map<Integer, Received> partsOf(String name, String upload) throws IOException {
        return ask(name, () -> {
            Map<Integer, Received> parts = new HashMap<>();
            for (Part part : client.listPartsPaginator(request ->
                            request.bucket(options.bucket()).key(key(name)).uploadId(upload))
                    .parts()) {
                parts.put(part.partNumber(), new Received(part.size(), part.eTag()));
            }
            return parts;
        });
    }

    /** Every object whose name begins so, in no order. What others put there under names that we never give is left out. */
    List<Stored> list(String prefix) throws IOException {
        return ask(prefix, () -> {
            List<Stored> found = new ArrayList<>();
            for (S3Object object : client.listObjectsV2Paginator(
                            request -> request.bucket(options.bucket()).prefix(key(prefix)))
                    .contents()) {
                String name = nameOf(object.key());
                if (name != null) {
                    found.add(new Stored(name, object.size()));
                }
            }
            return found;
        });
    }

    /** Deletes an object, if there is one, and where the bucket keeps versions all that there are of it. */
    void delete(String name) throws IOException {
        DeleteObjectResponse answer = ask(
                name,
                () -> client.deleteObject(
                        request -> request.bucket(options.bucket()).key(key(name))));
        if (Boolean.TRUE.equals(answer.deleteMarker())) {
            // until now it was only hidden
            for (String version : versions(name)) {
                ask(
                        name,
                        () -> client.deleteObject(request ->
                                request.bucket(options.bucket()).key(key(name)).versionId(version)));
            }
        }
    }

    /** The ids of all versions of an object, and then those of what hides them, or a half-done deletion would show them. */
    private List<String> versions(String name) throws IOException {
        String key = key(name);
        return ask(name, () -> {
            List<String> versions = new ArrayList<>();
            List<String> markers = new ArrayList<>();
            for (ListObjectVersionsResponse page : client.listObjectVersionsPaginator(
                    request -> request.bucket(options.bucket()).prefix(key))) {
                int before = versions.size() + markers.size();
                page.versions().stream()
                        .filter(version -> version.key().equals(key))
                        .forEach(version -> versions.add(version.versionId()));
                page.deleteMarkers().stream()
                        .filter(marker -> marker.key().equals(key))
                        .forEach(marker -> markers.add(marker.versionId()));
                if (versions.size() + markers.size() == before) {
                    break; // the key itself comes before all that begins with it
                }
            }
            versions.addAll(markers);
            return versions;
        });
    }

    /** Looks whether an object is there as it was put, and encrypted as was asked for. */
    void requireThere(String name, long sizeBytes, String eTag) throws IOException {
        Facts facts = look(name);
        if (facts.sizeBytes() != sizeBytes || !ETag.same(facts.eTag(), eTag)) {
            throw new StoreFault(
                    Reason.DAMAGED,
                    "The " + options.place() + " has not kept " + name + " as it was put: " + facts.sizeBytes()
                            + " bytes in place of " + sizeBytes + ", ETag " + facts.eTag() + " in place of " + eTag
                            + ". Put it again.");
        }
        String algorithm = algorithm();
        if (algorithm != null && !algorithm.equals(facts.encryption())) {
            throw new StoreFault(
                    Reason.OTHER,
                    "The " + options.place() + " has not encrypted " + name + " with " + algorithm
                            + ", as it was asked to. Set the store up for it, or ask for no encryption there.");
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private void requireSame(String name, byte[] md5, @Nullable String eTag, @Nullable String encryption)
            throws StoreFault {
        if (ETag.contradicts(eTag, md5, encryption)) {
            throw new StoreFault(
                    Reason.DAMAGED,
                    "The " + options.place() + " has received " + name
                            + " otherwise than it was sent. Put it again; if it stays so, the store is broken.");
        }
    }

    /** Fails if the bucket cannot be used, with the reason: for what failed without one, and would for the same. */
    private void requireUsable() throws IOException {
        ask(
                "",
                () -> client.listObjectsV2(
                        request -> request.bucket(options.bucket()).prefix(root).maxKeys(1)));
    }

    /** A request with bytes: a server that refuses them may hang up before it has them all, and then its answer is lost. */
    private <T> T send(String name, Supplier<T> request) throws IOException {
        try {
            return ask(name, request);
        } catch (StoreFault e) {
            if (e.reason() == Reason.UNREACHABLE) {
                requireUsable();
            }
            throw e;
        }
    }

    private <T> T ask(String name, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (SdkException | UncheckedIOException e) {
            throw failed(name, e);
        }
    }

    private IOException failed(String name, RuntimeException e) {
        return e instanceof NoSuchKeyException ? new NoSuchObject(name) : faults.of(e);
    }

    private String key(String name) {
        return root + name;
    }

    private @Nullable String nameOf(String key) {
        String name = key.startsWith(root) ? key.substring(root.length()) : "";
        return ObjectName.is(name) ? name : null;
    }

    private @Nullable String algorithm() {
        return switch (options.encryption()) {
            case S3Encryption.None none -> null;
            case S3Encryption.StoreKeys keys -> "AES256";
            case S3Encryption.KmsKey key -> "aws:kms";
        };
    }

    private @Nullable String kmsKey() {
        return options.encryption() instanceof S3Encryption.KmsKey(String keyId) ? keyId : null;
    }

    /** Can be read again for another attempt, and is not copied. */
    private static RequestBody body(Payload payload) {
        return RequestBody.fromContentProvider(
                () -> {
                    try {
                        return payload.open();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                payload.length(),
                "application/octet-stream");
    }
}
