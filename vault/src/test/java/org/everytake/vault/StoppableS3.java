package org.everytake.vault;

import java.net.URI;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A server of S3 for tests, with one bucket in memory, which can be stopped and started again where it was. */
public final class StoppableS3 implements AutoCloseable {
    public static final String BUCKET = "recordings";
    public static final String ACCESS_KEY = "test-access-key";
    public static final String SECRET_KEY = "test-secret-key";

    private final TransientNio2BlobStore objects = new TransientNio2BlobStore();
    private int port;
    private S3Proxy proxy;

    /** One that runs. */
    public StoppableS3() throws Exception {
        proxy = started();
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    private S3Proxy started() throws Exception {
        S3Proxy made = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        made.start();
        port = made.getPort();
        return made;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** From now on nobody listens there. */
    public void stop() throws Exception {
        proxy.stop();
    }

    public void start() throws Exception {
        proxy = started();
    }

    /** The keys of all objects, in their order. */
    public List<String> keys() {
        try (S3Client client = client()) {
            return client.listObjectsV2Paginator(request -> request.bucket(BUCKET)).contents().stream()
                    .map(S3Object::key)
                    .sorted()
                    .toList();
        }
    }

    /** An object's bytes, as any S3 client gets them. */
    public byte[] read(String key) {
        try (S3Client client = client()) {
            return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                    .asByteArray();
        }
    }

    /** How the server says that it has encrypted an object. */
    public String encryption(String key) {
        try (S3Client client = client()) {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(BUCKET).key(key));
            return String.valueOf(head.serverSideEncryptionAsString());
        }
    }

    private S3Client client() {
        var options = new S3Options(
                endpoint(), "us-east-1", BUCKET, "", true, ACCESS_KEY, SECRET_KEY, null, S3Encryption.NONE);
        return S3Connections.client(options, S3Connections.http(address -> true));
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }
}
