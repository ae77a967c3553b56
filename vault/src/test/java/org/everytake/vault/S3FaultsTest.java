package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.everytake.vault.HookedHttp.refusal;
import static org.everytake.vault.HookedHttp.response;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.everytake.vault.StoreFault.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.HttpExecuteResponse;

/** What servers answer, and what is said of it. */
class S3FaultsTest {
    private static final String SECRET = "open-sesame-1234";
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-29T12:00:00Z"));

    private interface Answer {
        HttpExecuteResponse get();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                named(
                        "unknown key",
                        () -> refusal(403, "InvalidAccessKeyId", "It does not exist in our records.", Map.of()),
                        Reason.WRONG_CREDENTIALS,
                        "does not know the access key AKIA"),
                named(
                        "wrong secret",
                        () -> refusal(403, "SignatureDoesNotMatch", "They do not match.", Map.of()),
                        Reason.WRONG_CREDENTIALS,
                        "does not accept the secret key",
                        "AKIA"),
                named(
                        "not allowed",
                        () -> refusal(403, "AccessDenied", "Access Denied", Map.of()),
                        Reason.ACCESS_DENIED,
                        "Allow it to get, put, list and delete objects below acme"),
                named(
                        "no bucket",
                        () -> refusal(404, "NoSuchBucket", "It does not exist.", Map.of()),
                        Reason.NO_SUCH_BUCKET,
                        "bucket films at https://s3.example.org does not exist"),
                named(
                        "moved, and says whereto",
                        () -> refusal(
                                301, "PermanentRedirect", "Go there.", Map.of("x-amz-bucket-region", "eu-west-1")),
                        Reason.OTHER_REGION,
                        "lies in the region eu-west-1, not in us-east-1"),
                named(
                        "signed for another region",
                        () -> refusal(
                                400,
                                "AuthorizationHeaderMalformed",
                                "The region 'us-east-1' is wrong; expecting 'eu-south-2'",
                                Map.of()),
                        Reason.OTHER_REGION,
                        "lies in the region eu-south-2"),
                named(
                        "clock",
                        () -> refusal(
                                403,
                                "RequestTimeTooSkewed",
                                "The difference is too large.",
                                Map.of("Date", "Sun, 29 Nov 2026 13:02:00 GMT")),
                        Reason.WRONG_CLOCK,
                        "which is 62 minutes behind its own",
                        "Set this machine's clock"),
                named(
                        "quota",
                        () -> refusal(403, "QuotaExceeded", "Too much.", Map.of()),
                        Reason.FULL,
                        "its quota is used up"),
                named(
                        "disk of the server",
                        () -> refusal(507, "XMinioStorageFull", "Storage backend has reached its minimum.", Map.of()),
                        Reason.FULL,
                        "is full"),
                named(
                        "something else",
                        () -> refusal(400, "InvalidStorageClass", "There is no such class.", Map.of()),
                        Reason.OTHER,
                        "answered HTTP 400 InvalidStorageClass: There is no such class."),
                named(
                        "no S3 at all",
                        () -> response(404, Map.of("Content-Type", "text/html"), "<html><body>nothing</body></html>"),
                        Reason.OTHER,
                        "Is there an S3 server?"));
    }

    private static Arguments named(String name, Answer answer, Reason reason, String... words) {
        return Arguments.argumentSet(name, answer, reason, List.of(words));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void STO_1_aSentenceSaysWhatIsWrong(Answer answer, Reason reason, List<String> words) {
        HookedHttp http = new HookedHttp((request, onward) -> answer.get());
        try (S3Store store = S3Store.open(options("https://s3.example.org"), NOON, http)) {
            StoreFault fault = fault(() -> store.list(""));
            assertThat(fault.reason()).as(fault.getMessage()).isEqualTo(reason);
            assertThat(fault).hasMessageContainingAll(words.toArray(String[]::new));
        }
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertUnreachable("http://127.0.0.1:" + port, "cannot be reached (Connection refused)");
    }

    @Test
    void noSuchHost() {
        assertUnreachable("https://store.invalid", "there is no host store.invalid");
    }

    private static void assertUnreachable(String endpoint, String words) {
        try (S3Store store = S3Store.open(options(endpoint), NOON)) {
            StoreFault fault = fault(() -> store.put("a", Content.of(new byte[1])));
            assertThat(fault.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(fault).hasMessageContaining(words).hasMessageContaining(endpoint);
        }
    }

    private static StoreFault fault(S3StoreContract.Act act) {
        StoreFault fault = catchThrowableOfType(StoreFault.class, act::run);
        assertThat(fault).as("what was thrown").isNotNull();
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(SECRET);
        return fault;
    }

    private static S3Options options(String endpoint) {
        return new S3Options(
                URI.create(endpoint), "us-east-1", "films", "acme", true, "AKIA", SECRET, null, S3Encryption.NONE);
    }
}
