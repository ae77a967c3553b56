package org.everytake.vault;

import java.net.InetAddress;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bucket, and how to reach it. What is wrong in it is an {@link IllegalArgumentException} with a sentence.
 *
 * @param endpoint where the store is, HTTPS unless it is this machine itself; null for AWS's own of the region
 * @param prefix below which all objects lie, without a slash at its end; empty for the whole bucket
 * @param pathStyle the bucket's name is in the path, not in the host's name, as many servers but AWS's want it
 * @param secretKey never printed
 * @param storageClass as S3 calls it, {@code STANDARD_IA} for one; null for the bucket's own
 */
public record S3Options(
        @Nullable URI endpoint,
        String region,
        String bucket,
        String prefix,
        boolean pathStyle,
        String accessKey,
        String secretKey,
        @Nullable String storageClass,
        S3Encryption encryption) {

    /** Prefix and name together must fit into S3's 1024 bytes. */
    private static final int MAX_PREFIX_LENGTH = 256;

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");
    private static final Pattern STORAGE_CLASS = Pattern.compile("[A-Z0-9_]{1,64}");

    public S3Options {
        if (endpoint != null) {
            requireEndpoint(endpoint);
        }
        require(REGION.matcher(region).matches(), "\"" + region + "\" is not a region's name.");
        require(BUCKET.matcher(bucket).matches(), "\"" + bucket + "\" is not a bucket's name.");
        if (!prefix.isEmpty()) {
            require(
                    prefix.length() <= MAX_PREFIX_LENGTH && ObjectName.is(prefix),
                    "\"" + prefix + "\" is not a prefix: it must be parts of letters, digits, dots, hyphens and"
                            + " underscores with slashes between, of at most " + MAX_PREFIX_LENGTH + " characters.");
        }
        // what is copied from a page often comes with a line's end
        accessKey = accessKey.strip();
        secretKey = secretKey.strip();
        require(!accessKey.isEmpty(), "The access key is empty.");
        require(!secretKey.isEmpty(), "The secret key is empty.");
        require(
                storageClass == null || STORAGE_CLASS.matcher(storageClass).matches(),
                "\"" + storageClass + "\" is not a storage class.");
    }

    /** What people and messages call the store. */
    public String place() {
        return "bucket " + bucket + " at " + (endpoint == null ? "AWS, region " + region : endpoint.toString());
    }

    private static void requireEndpoint(URI endpoint) {
        String host = endpoint.getHost();
        require(
                host != null
                        && endpoint.getRawUserInfo() == null
                        && endpoint.getRawQuery() == null
                        && endpoint.getRawFragment() == null,
                "\"" + endpoint + "\" is not an endpoint: it must be like https://s3.example.org.");
        require(
                "https".equals(endpoint.getScheme()) || ("http".equals(endpoint.getScheme()) && isThisMachine(host)),
                "The endpoint " + endpoint + " is not HTTPS: what was recorded moves only over TLS.");
    }

    private static boolean isThisMachine(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false; // a name, which could lead anywhere
        }
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }

    @Override
    public String toString() {
        return "S3Options[" + place() + ", region=" + region + ", prefix=" + prefix + ", pathStyle=" + pathStyle
                + ", accessKey=" + accessKey + ", storageClass=" + storageClass + ", encryption=" + encryption + "]";
    }
}
