package org.everytake.bench.spool;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.everytake.vault.Content;
import org.everytake.vault.S3Encryption;
import org.everytake.vault.S3Options;
import org.everytake.vault.S3Store;
import org.everytake.vault.Stored;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Ships segments to an S3 server, verified and two at a time as the product does, in turn with AWS's own client, which puts the
 * same files one after the other.
 */
final class Shipping {
    private static final String REGION = "us-east-1";
    private static final int SEGMENT_BYTES = 8 << 20;

    /** The S3 server to ship to. */
    record Target(URI endpoint, String bucket, String accessKey, String secretKey) {}

    /** Median seconds. */
    record Took(double ours, double plain) {}

    private final Target target;
    private final List<Path> segments = new ArrayList<>();

    /** @param folder of the files that are shipped */
    Shipping(Target target, Path folder, long bytes) throws IOException {
        this.target = target;
        byte[] segment = new byte[SEGMENT_BYTES];
        new Random(1).nextBytes(segment);
        for (int i = 0; i < bytes / SEGMENT_BYTES; i++) {
            segments.add(Files.write(folder.resolve("segment-" + i), segment));
        }
    }

    /** @param pairs how many are measured, after one that is not */
    Took measure(int pairs) throws IOException {
        S3Options options = new S3Options(
                target.endpoint(),
                REGION,
                target.bucket(),
                "",
                true,
                target.accessKey(),
                target.secretKey(),
                null,
                S3Encryption.NONE);
        double[] ours = new double[pairs];
        double[] plain = new double[pairs];
        try (S3Store store = S3Store.open(options, InstantSource.system());
                S3Client client = client()) {
            for (int pair = -1; pair < pairs; pair++) {
                double one = ship(store);
                double other = put(client);
                if (pair >= 0) {
                    ours[pair] = one;
                    plain[pair] = other;
                }
            }
            for (Stored left : store.list("bench/")) {
                store.delete(left.name());
            }
        } catch (SdkException failed) {
            throw new IOException("The S3 server at " + target.endpoint() + " failed: " + failed.getMessage(), failed);
        }
        return new Took(median(ours), median(plain));
    }

    private S3Client client() {
        return S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(target.endpoint())
                .region(Region.of(REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(target.accessKey(), target.secretKey())))
                .build();
    }

    private double ship(S3Store store) throws IOException {
        long from = System.nanoTime();
        Queue<Path> left = new ConcurrentLinkedQueue<>(segments);
        CompletableFuture<Void> other = new CompletableFuture<>();
        Thread unused = Thread.ofVirtual().start(() -> {
            try {
                ship(store, left);
                other.complete(null);
            } catch (IOException | RuntimeException failed) {
                other.completeExceptionally(failed);
            }
        });
        ship(store, left);
        other.join();
        return (System.nanoTime() - from) / 1e9;
    }

    private static void ship(S3Store store, Queue<Path> left) throws IOException {
        for (Path next = left.poll(); next != null; next = left.poll()) {
            store.put("bench/ours/" + next.getFileName(), Content.of(next));
        }
    }

    private double put(S3Client client) {
        long from = System.nanoTime();
        for (Path segment : segments) {
            client.putObject(
                    put -> put.bucket(target.bucket()).key("bench/plain/" + segment.getFileName()),
                    RequestBody.fromFile(segment));
        }
        return (System.nanoTime() - from) / 1e9;
    }

    private static double median(double[] all) {
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
