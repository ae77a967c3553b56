package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.everytake.vault.S3StoreContract.MEGABYTE;
import static org.everytake.vault.S3StoreContract.assertFault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.everytake.vault.StoreFault.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;

/** What becomes of objects when the network or the server fails. */
class S3NetworkTest {
    private static final S3Server SERVER = S3ProxyServer.get();

    @TempDir
    Path folder;

    private final String bucket = SERVER.newBucket();
    private CuttingProxy proxy;
    private S3Store store;

    @BeforeEach
    void openStore() throws IOException {
        proxy = new CuttingProxy(SERVER.endpoint().getPort());
        store = openThroughProxy();
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
        proxy.close();
    }

    @Test
    void STO_1_aPartThatIsCutOffIsSentAgain() throws IOException {
        byte[] bytes = StoreContract.bytes(20 * MEGABYTE);
        proxy.cutAfterSent(12 * MEGABYTE, false);
        store.put("a", Content.of(bytes));
        assertThat(read("a")).isEqualTo(bytes);
        assertThat(store.list("")).containsExactly(new Stored("a", bytes.length));
        assertThat(proxy.sent()).isGreaterThan(bytes.length + 3L * MEGABYTE);
        assertThat(unfinished()).isZero();
    }

    @Test
    void STO_1_aFileThatTheNetworkEndedGoesOnWhereItWas() throws IOException {
        byte[] bytes = StoreContract.bytes(20 * MEGABYTE);
        Path file = Files.write(folder.resolve("file"), bytes);
        proxy.cutAfterSent(17 * MEGABYTE, true);
        assertFault(
                Reason.UNREACHABLE,
                () -> store.put("a", Content.of(file)),
                proxy.endpoint().toString());
        assertThat(unfinished()).isOne();

        proxy.comeBack();
        long before = proxy.sent();
        try (S3Store again = openThroughProxy()) {
            again.put("a", Content.of(file));
        }
        assertThat(proxy.sent() - before).isLessThan(5L * MEGABYTE);
        assertThat(read("a")).isEqualTo(bytes);
        assertThat(unfinished()).isZero();
    }

    @Test
    void whatIsNoFileIsPutAnewAfterTheNetworkEndedIt() throws IOException {
        byte[] bytes = StoreContract.bytes(20 * MEGABYTE);
        store.put("a", Content.of(StoreContract.bytes(100)));
        proxy.cutAfterSent(17 * MEGABYTE, true);
        assertFault(Reason.UNREACHABLE, () -> store.put("a", Content.of(bytes)));
        proxy.comeBack();
        assertThat(read("a")).isEqualTo(StoreContract.bytes(100));
        store.put("a", Content.of(bytes));
        assertThat(read("a")).isEqualTo(bytes);
    }

    @Test
    void aReadThatIsCutOffIsDoneAgain() throws IOException {
        byte[] bytes = StoreContract.bytes(6 * MEGABYTE);
        store.put("a", Content.of(bytes));
        proxy.cutAfterReceived(3 * MEGABYTE);
        assertThat(read("a")).isEqualTo(bytes);
    }

    @Test
    void whoeverIsInterruptedIsToldSo() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> store.put("a", Content.of(new byte[1])))
                    .isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Each time from the same seed; half of the failures come after the server has done what it was asked. */
    @Test
    void STO_1_aServerThatFailsNowAndThenLosesNothingAndDoublesNothing() throws IOException {
        Random random = new Random(42);
        AtomicInteger failures = new AtomicInteger();
        HookedHttp http = new HookedHttp((request, onward) -> {
            if (random.nextInt(100) > 0) {
                return onward.call();
            }
            failures.incrementAndGet();
            return fail(onward, random.nextBoolean());
        });
        try (S3Store failing = S3Store.open(SERVER.options(bucket, "acme"), InstantSource.system(), http)) {
            Map<String, Integer> sizes = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                String name = "r/" + random.nextInt(200);
                int size = random.nextInt(5000);
                failing.put(name, Content.of(StoreContract.bytes(size)));
                sizes.put(name, size);
            }
            for (int i = 0; i < 2; i++) {
                failing.put("large/" + i, Content.of(StoreContract.bytes(17 * MEGABYTE + i)));
                sizes.put("large/" + i, 17 * MEGABYTE + i);
            }
            assertThat(failing.list(""))
                    .containsExactlyInAnyOrderElementsOf(sizes.entrySet().stream()
                            .map(put -> new Stored(put.getKey(), put.getValue()))
                            .toList());
            for (Map.Entry<String, Integer> put : sizes.entrySet()) {
                assertThat(read(failing, put.getKey())).isEqualTo(StoreContract.bytes(put.getValue()));
            }
        }
        assertThat(failures.get()).isGreaterThan(3);
    }

    @Test
    void theAnswerThatALargeObjectIsWholeMayBeLost() throws IOException {
        AtomicInteger lost = new AtomicInteger();
        HookedHttp http = new HookedHttp((request, onward) ->
                completes(request) && lost.getAndIncrement() == 0 ? fail(onward, true) : onward.call());
        byte[] bytes = StoreContract.bytes(9 * MEGABYTE);
        try (S3Store failing = S3Store.open(SERVER.options(bucket, "acme"), InstantSource.system(), http)) {
            failing.put("a", Content.of(bytes));
            assertThat(lost.get()).isEqualTo(2);
            assertThat(read(failing, "a")).isEqualTo(bytes);
        }
    }

    private static boolean completes(SdkHttpRequest request) {
        return request.method().name().equals("POST")
                && request.rawQueryParameters().containsKey("uploadId");
    }

    private static HttpExecuteResponse fail(ExecutableHttpRequest onward, boolean afterwards) throws IOException {
        if (afterwards) {
            HttpExecuteResponse done = onward.call();
            if (done.responseBody().isPresent()) {
                done.responseBody().get().readAllBytes();
            }
        }
        return HookedHttp.refusal(500, "InternalError", "We encountered an internal error.", Map.of());
    }

    private S3Store openThroughProxy() {
        return S3Store.open(
                new S3Options(
                        proxy.endpoint(),
                        "us-east-1",
                        bucket,
                        "acme",
                        true,
                        SERVER.accessKey(),
                        SERVER.secretKey(),
                        null,
                        S3Encryption.NONE),
                InstantSource.system());
    }

    private byte[] read(String name) throws IOException {
        return read(store, name);
    }

    private static byte[] read(S3Store store, String name) throws IOException {
        try (SeekableByteChannel channel = store.open(name)) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }

    private int unfinished() {
        try (S3Client client = SERVER.client()) {
            return client.listMultipartUploads(request -> request.bucket(bucket))
                    .uploads()
                    .size();
        }
    }
}
