package org.everytake.vault;

import com.adobe.testing.s3mock.S3MockApplication;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** s3mock, with objects in a temporary folder: it knows a KMS, storage classes and versions, but takes any key. One in a JVM. */
final class S3MockServer {
    static final String KMS_KEY = "key-of-tests";

    private static final S3Server SERVER = start();

    private S3MockServer() {}

    static S3Server get() {
        return SERVER;
    }

    private static S3Server start() {
        Map<String, Object> properties = new HashMap<>(Map.of("http.port", 0, "server.port", 0, "silent", true));
        S3MockApplication server = S3MockApplication.start(properties);
        server.registerKMSKeyRef("arn:aws:kms:us-east-1:1234567890:key/" + KMS_KEY);
        return new S3Server(URI.create("http://127.0.0.1:" + server.getHttpPort()), "any", "any");
    }
}
