package org.everytake.vault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.everytake.vault.StoreFault.Reason;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;

/** Says in a sentence why a request to S3 failed. Any thread. */
final class S3Faults {
    private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([a-z0-9-]+)'");
    private static final int HTTP_MOVED = 301;
    private static final int HTTP_FORBIDDEN = 403;
    private static final int HTTP_PRECONDITION_FAILED = 412;
    private static final int HTTP_FULL = 507;

    private final S3Options options;
    private final InstantSource clock;

    S3Faults(S3Options options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    /** What to throw in place of what the client threw. */
    IOException of(RuntimeException e) {
        if (e instanceof AbortedException) {
            InterruptedIOException interrupted =
                    new InterruptedIOException("A request to the " + options.place() + " was interrupted.");
            interrupted.initCause(e);
            return interrupted;
        }
        return e instanceof AwsServiceException answer ? answered(answer) : unanswered(e);
    }

    private StoreFault answered(AwsServiceException e) {
        int status = e.statusCode();
        String code = code(e);
        return switch (reason(status, code, e)) {
            case WRONG_CREDENTIALS -> {
                String what = "SignatureDoesNotMatch".equals(code)
                        ? "does not accept the secret key: it is not that of the access key " + options.accessKey()
                        : "does not know the access key " + options.accessKey();
                yield fault(Reason.WRONG_CREDENTIALS, what + ". Give a key of the store and the secret to it.", e);
            }
            case ACCESS_DENIED ->
                fault(
                        Reason.ACCESS_DENIED,
                        "does not allow this to the access key " + options.accessKey() + ". Allow it to get, put, list"
                                + " and delete objects"
                                + (options.prefix().isEmpty() ? "" : " below " + options.prefix())
                                + ", and to list and abort multipart uploads.",
                        e);
            case NO_SUCH_BUCKET ->
                fault(Reason.NO_SUCH_BUCKET, "does not exist. Create it, or correct its name or the endpoint.", e);
            case OTHER_REGION -> {
                String region = regionOf(e);
                yield fault(
                        Reason.OTHER_REGION,
                        "lies in " + (region == null ? "another region" : "the region " + region) + ", not in "
                                + options.region() + ". Set the bucket's own region.",
                        e);
            }
            case WRONG_CLOCK -> fault(Reason.WRONG_CLOCK, "refuses this machine's time" + skew(e), e);
            case FULL ->
                fault(Reason.FULL, "is full, or its quota is used up. Make room there, or raise the quota.", e);
            case REPLACED -> replaced(e);
            default ->
                code == null
                        ? fault(
                                Reason.OTHER,
                                "answered HTTP " + status + " without the reason that S3 gives. Is there an S3 server?",
                                e)
                        : fault(Reason.OTHER, "answered HTTP " + status + " " + code + ": " + message(e), e);
        };
    }

    private static Reason reason(int status, @Nullable String code, AwsServiceException e) {
        if (status == HTTP_PRECONDITION_FAILED) {
            return Reason.REPLACED;
        }
        return switch (code == null ? "" : code) {
            case "InvalidAccessKeyId", "SignatureDoesNotMatch" -> Reason.WRONG_CREDENTIALS;
            case "AccessDenied", "AllAccessDisabled" -> Reason.ACCESS_DENIED;
            case "NoSuchBucket" -> Reason.NO_SUCH_BUCKET;
            case "PermanentRedirect", "IllegalLocationConstraintException" -> Reason.OTHER_REGION;
            case "AuthorizationHeaderMalformed" -> regionOf(e) == null ? Reason.OTHER : Reason.OTHER_REGION;
            case "RequestTimeTooSkewed" -> Reason.WRONG_CLOCK;
            case "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded" -> Reason.FULL;
            default ->
                switch (status) {
                    case HTTP_MOVED -> Reason.OTHER_REGION;
                    case HTTP_FORBIDDEN -> Reason.ACCESS_DENIED;
                    case HTTP_FULL -> Reason.FULL;
                    default -> Reason.OTHER;
                };
        };
    }

    StoreFault replaced(@Nullable Throwable cause) {
        return new StoreFault(
                Reason.REPLACED,
                "The object was replaced while it was read. Open it again to read the new one.",
                cause);
    }

    private static @Nullable String regionOf(AwsServiceException e) {
        Optional<String> header = header(e, "x-amz-bucket-region");
        if (header.isPresent()) {
            return header.get();
        }
        Matcher matcher = EXPECTED_REGION.matcher(message(e));
        return matcher.find() ? matcher.group(1) : null;
    }

    /** By how much the clocks differ, if the answer says what time it is there. */
    private String skew(AwsServiceException e) {
        String advice = ". Set this machine's clock, best by a time server.";
        Optional<String> date = header(e, "Date");
        if (date.isEmpty()) {
            return advice;
        }
        try {
            Instant there = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.get()));
            long minutes = Math.round(Duration.between(there, clock.instant()).toSeconds() / 60.0);
            return ", which is " + Math.abs(minutes) + " minutes " + (minutes < 0 ? "behind" : "ahead of") + " its own"
                    + advice;
        } catch (DateTimeException notADate) {
            return advice;
        }
    }

    private static @Nullable String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null ? null : details.errorCode();
    }

    private static String message(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String message = details == null ? null : details.errorMessage();
        return message == null ? "" : message;
    }

    private static Optional<String> header(AwsServiceException e, String name) {
        AwsErrorDetails details = e.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return Optional.empty();
        }
        return details.sdkHttpResponse().firstMatchingHeader(name);
    }

    private StoreFault unanswered(RuntimeException e) {
        if (find(e, CertificateException.class) != null || find(e, CertPathBuilderException.class) != null) {
            return fault(
                    Reason.CERTIFICATE_NOT_TRUSTED,
                    "has a certificate that this machine does not trust: it is by an unknown authority, outdated, or for"
                            + " another name. Correct it there, or give Java the authority's certificate"
                            + " (javax.net.ssl.trustStore).",
                    e);
        }
        if (find(e, UnknownHostException.class) != null) {
            return fault(
                    Reason.UNREACHABLE,
                    "cannot be found: there is no host " + host() + ". Correct the endpoint, or DNS.",
                    e);
        }
        if (find(e, SSLException.class) != null) {
            return fault(
                    Reason.UNREACHABLE,
                    "does not speak TLS as it must: 1.2 or newer, with AES-256 in GCM. Set the server up for it.",
                    e);
        }
        if (find(e, SocketTimeoutException.class) != null || find(e, ApiCallAttemptTimeoutException.class) != null) {
            return fault(Reason.UNREACHABLE, "did not answer in time. Look after the server and the network.", e);
        }
        ConnectException refused = find(e, ConnectException.class);
        if (refused != null) {
            return fault(
                    Reason.UNREACHABLE,
                    "cannot be reached (" + refused.getMessage() + "). Look whether the server runs, and whether the"
                            + " endpoint is right.",
                    e);
        }
        IOException broken = find(e, IOException.class);
        if (broken != null) {
            return fault(
                    Reason.UNREACHABLE,
                    "broke the connection (" + broken.getMessage() + "). Look after the server and the network.",
                    e);
        }
        return fault(Reason.OTHER, "could not be asked: " + e.getMessage(), e);
    }

    private String host() {
        URI endpoint = options.endpoint();
        return endpoint == null ? "for AWS's region " + options.region() : String.valueOf(endpoint.getHost());
    }

    private StoreFault fault(Reason reason, String what, Throwable cause) {
        return new StoreFault(reason, "The " + options.place() + " " + what, cause);
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
