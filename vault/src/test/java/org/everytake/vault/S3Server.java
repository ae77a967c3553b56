package org.everytake.vault;

import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server of tests, and the key to it. */
record S3Server(URI endpoint, String accessKey, String secretKey) {
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    S3Options options(String bucket, String prefix) {
        return options(bucket, prefix, null, S3Encryption.NONE);
    }

    S3Options options(String bucket, String prefix, @Nullable String storageClass, S3Encryption encryption) {
        return new S3Options(
                endpoint, "us-east-1", bucket, prefix, true, accessKey, secretKey, storageClass, encryption);
    }

    S3Store open(S3Options options) {
        return S3Store.open(options, InstantSource.system());
    }

    /** A client like the store's, with which a test looks at what the store has done. */
    S3Client client() {
        return S3Connections.client(options("any", ""), S3Connections.http(address -> true));
    }

    /** Makes an empty bucket; returns its name. */
    String newBucket() {
        String bucket = "bucket-" + BUCKETS.incrementAndGet();
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(bucket));
        }
        return bucket;
    }
}
