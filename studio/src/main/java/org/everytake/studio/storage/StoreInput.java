package org.everytake.studio.storage;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Text;
import org.jspecify.annotations.Nullable;

/**
 * A store as it is asked for. What is left out has its default; of a store that is set up already, the secret key may be
 * left out, and stays what it was.
 */
record StoreInput(
        @Nullable String endpoint,
        @Nullable String region,
        @Nullable String bucket,
        @Nullable String prefix,
        @Nullable Boolean pathStyle,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String storageClass,
        @Nullable String copies,
        @Nullable String kmsKey) {
    private static final int MOST = 500;
    private static final String REGION = "us-east-1";

    OwnStore.Place place() {
        return new OwnStore.Place(
                address(), line(bucket, "A bucket's name"), empty(prefix) ? "" : line(prefix, "A prefix"));
    }

    OwnStore.Ways ways() {
        OwnStore.Copies kind;
        try {
            kind = OwnStore.Copies.of(empty(copies) ? OwnStore.Copies.AES256.word() : String.valueOf(copies));
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
        if (kind != OwnStore.Copies.KMS && !empty(kmsKey)) {
            throw new Refused(
                    ErrorId.MALFORMED_REQUEST, "\"kmsKey\" goes with \"copies\" that are kms, and with no others.");
        }
        return new OwnStore.Ways(
                empty(region) ? REGION : line(region, "A region"),
                pathStyle != null && pathStyle,
                empty(storageClass) ? null : line(storageClass, "A storage class"),
                kind,
                kind == OwnStore.Copies.KMS ? line(kmsKey, "The id of a KMS key") : null);
    }

    String key() {
        return line(accessKey, "An access key");
    }

    /** Null if it stays what it was. */
    @Nullable
    String secret() {
        return empty(secretKey) ? null : line(secretKey, "A secret key");
    }

    /** Refuses a store whose endpoint is not to be reached, or in which something else is wrong. */
    static void check(OwnStore store, String secret, Reach reach) {
        try {
            var unused = store.sealed(secret);
            var alsoUnused = store.readable(secret);
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
        if (store.place().endpoint().isEmpty()) {
            return;
        }
        String host = URI.create(store.place().endpoint()).getHost();
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!reach.includes(address)) {
                    throw new Refused(
                            ErrorId.MALFORMED_REQUEST,
                            "The endpoint " + host + " leads to " + address.getHostAddress()
                                    + ", within this server's own"
                                    + " network. Whoever runs the server can allow that with the setting s3-local.");
                }
            }
        } catch (UnknownHostException e) {
            // It may be set up before its name is; to test it says so.
            return;
        }
    }

    /** One spelling for each address, so that nobody takes another's place by spelling it otherwise. */
    private String address() {
        if (empty(endpoint)) {
            return "";
        }
        String given = line(endpoint, "An endpoint");
        try {
            URI uri = new URI(given);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            if (host == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null) {
                throw new URISyntaxException(given, "no endpoint");
            }
            boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
            String path = uri.getRawPath().replaceAll("/+$", "");
            return scheme + "://" + host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + uri.getPort()) + path;
        } catch (URISyntaxException e) {
            throw new Refused(
                    ErrorId.MALFORMED_REQUEST,
                    "\"" + given + "\" is not an endpoint: it must be like https://s3.example.org.");
        }
    }

    private static boolean empty(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static String line(@Nullable String text, String what) {
        return Text.line(text, what, MOST);
    }

    private static Refused malformed(IllegalArgumentException problem) {
        return new Refused(ErrorId.MALFORMED_REQUEST, String.valueOf(problem.getMessage()));
    }
}
