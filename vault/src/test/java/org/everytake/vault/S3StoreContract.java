package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.everytake.vault.StoreFault.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What the store on S3 must do, whoever's the server is. */
abstract class S3StoreContract extends StoreContract {
    static final int MEGABYTE = 1 << 20;
    static final String PREFIX = "acme/recordings";
    /** Breaks when two parts of it are sent. */
    static final Content FAILING = out -> {
        out.write(bytes(20 * MEGABYTE));
        throw new IOException("the source broke");
    };

    @TempDir
    Path folder;

    /** The store's requests. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    final String bucket = server().newBucket();
    final S3Client client = server().client();
    final S3Store s3 =
            S3Store.open(server().options(bucket, PREFIX), InstantSource.system(), HookedHttp.writingTo(requests));

    abstract S3Server server();

    @Override
    Store open() {
        return s3;
    }

    @AfterEach
    void closeStore() {
        s3.close();
        client.close();
    }

    @Test
    void STO_1_aLargeObjectGoesInPartsAndComesBackWhole() throws IOException {
        byte[] bytes = bytes(20 * MEGABYTE + 17);
        store.put("r/large.mp4", Content.of(new ByteArrayInputStream(bytes)));
        assertThat(parts()).isEqualTo(3);
        assertThat(read("r/large.mp4")).isEqualTo(bytes);
        assertThat(store.size("r/large.mp4")).isEqualTo(bytes.length);
        assertThat(store.list("")).containsExactly(new Stored("r/large.mp4", bytes.length));
        store.put("r/large.mp4", Content.of(bytes(16 * MEGABYTE)));
        assertThat(read("r/large.mp4")).isEqualTo(bytes(16 * MEGABYTE));
        assertThat(unfinished()).isZero();
    }

    @Test
    void whatFitsIntoAPartGoesByOneRequest() throws IOException {
        byte[] bytes = bytes(8 * MEGABYTE);
        store.put("just", Content.of(bytes));
        assertThat(parts()).isZero();
        store.put("more", Content.of(Arrays.copyOf(bytes, bytes.length + 1)));
        assertThat(parts()).isEqualTo(2);
        assertThat(read("just")).isEqualTo(bytes);
        assertThat(store.size("more")).isEqualTo(bytes.length + 1);
    }

    @Test
    void aLargePutThatFailsLeavesNothingOfIt() {
        assertThatThrownBy(() -> store.put("a", FAILING)).hasMessage("the source broke");
        assertThatThrownBy(() -> store.size("a")).isInstanceOf(NoSuchObject.class);
        assertThat(unfinished()).isZero();
    }

    @Test
    void STO_1_noPrefixReachesAnother() throws IOException {
        try (S3Store acme = server().open(server().options(bucket, "acme"));
                S3Store acmes = server().open(server().options(bucket, "acmes"));
                S3Store all = server().open(server().options(bucket, ""))) {
            acme.put("a", text("of acme"));
            acmes.put("a", text("of acmes"));
            acmes.put("b", text("b"));
            assertThat(acme.list("")).containsExactly(new Stored("a", 7));
            assertThat(acmes.list("")).extracting(Stored::name).containsExactly("a", "b");
            assertThat(acme.delete("b")).isFalse();
            assertThat(acme.delete("a")).isTrue();
            assertThat(all.list("")).extracting(Stored::name).containsExactly("acmes/a", "acmes/b");
            assertThat(acmes.size("a")).isEqualTo(8);
        }
    }

    @Test
    void whatOthersPutUnderNamesOfTheirOwnIsNotListed() throws IOException {
        client.putObject(request -> request.bucket(bucket).key(PREFIX + "/a file"), RequestBody.fromString("x"));
        store.put("a", text("x"));
        assertThat(store.list("")).extracting(Stored::name).containsExactly("a");
    }

    @Test
    void aReaderOfWhatIsReplacedIsToldSo() throws IOException {
        byte[] bytes = bytes(3 * MEGABYTE);
        store.put("a", Content.of(bytes));
        try (SeekableByteChannel channel = store.open("a")) {
            assertThat(range(channel, 0, 10)).isEqualTo(Arrays.copyOf(bytes, 10));
            store.put("a", Content.of(bytes(3 * MEGABYTE + 1)));
            assertFault(Reason.REPLACED, () -> range(channel, 2 * MEGABYTE, 10), "was replaced while it was read");
        }
        try (SeekableByteChannel channel = store.open("a")) {
            store.delete("a");
            assertThatThrownBy(() -> range(channel, 2 * MEGABYTE, 10)).isInstanceOf(NoSuchObject.class);
        }
    }

    @Test
    void rangesComeWithFewRequests() throws IOException {
        byte[] bytes = bytes(6 * MEGABYTE);
        store.put("a", Content.of(bytes));
        requests.clear();
        try (SeekableByteChannel channel = store.open("a")) {
            assertThat(range(channel, 0, bytes.length)).isEqualTo(bytes);
            assertThat(requests).hasSizeLessThan(10);
            Random random = new Random(4);
            for (int i = 0; i < 30; i++) {
                int from = random.nextInt(bytes.length);
                int to = from + random.nextInt(bytes.length - from) + 1;
                assertThat(range(channel, from, to - from)).isEqualTo(Arrays.copyOfRange(bytes, from, to));
            }
        }
    }

    @Test
    void STO_1_aFileGoesOnWhereAnEarlierTryEnded() throws IOException {
        byte[] bytes = bytes(20 * MEGABYTE);
        Path file = Files.write(folder.resolve("file"), bytes);
        String upload = begin("r/archive.zip");
        part("r/archive.zip", upload, 1, Arrays.copyOf(bytes, 8 * MEGABYTE));
        // and one that is not of this file
        part("r/archive.zip", upload, 2, bytes(8 * MEGABYTE));
        store.put("r/archive.zip", Content.of(file));
        assertThat(requests)
                .filteredOn(request -> request.contains("partNumber=1"))
                .isEmpty();
        assertThat(parts()).isEqualTo(2);
        assertThat(read("r/archive.zip")).isEqualTo(bytes);
        assertThat(unfinished()).isZero();
    }

    @Test
    void whatWasNeverFinishedIsClearedAway() throws IOException {
        begin("r/a");
        begin("r/b");
        assertThat(s3.clearUnfinished(Instant.now().minus(Duration.ofDays(1)))).isZero();
        assertThat(s3.clearUnfinished(Instant.now().plus(Duration.ofDays(1)))).isEqualTo(2);
        assertThat(unfinished()).isZero();
    }

    @Test
    void STO_2_aRangeInTheMiddleOfASealedObjectIsReadWithoutTheRest() throws IOException {
        Vault vault = new Vault(store);
        Sealing sealing = Sealing.with(DataKey.of(bytes(32)));
        byte[] bytes = bytes(20 * MEGABYTE);
        vault.put("r/movie.mp4", sealing, Content.of(bytes));
        requests.clear();
        try (SeekableByteChannel channel = vault.open("r/movie.mp4", sealing)) {
            assertThat(range(channel, 11_111_111, 100_000))
                    .isEqualTo(Arrays.copyOfRange(bytes, 11_111_111, 11_211_111));
        }
        assertThat(requests).hasSizeLessThanOrEqualTo(4);
        assertThat(vault.size("r/movie.mp4", sealing)).isEqualTo(bytes.length);
    }

    @Test
    void STO_1_theProbePassesAndLeavesNothing() throws IOException {
        assertThat(StoreProbe.probe(store, new Random(1)))
                .allSatisfy(step -> assertThat(step.fault()).isNull())
                .extracting(StoreProbe.Step::act)
                .containsExactly(StoreProbe.Act.values());
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        try (S3Store none = server().open(server().options("no-such-bucket", ""))) {
            assertFault(Reason.NO_SUCH_BUCKET, () -> none.put("a", text("a")), "no-such-bucket", "does not exist");
            assertFault(Reason.NO_SUCH_BUCKET, () -> none.open("a"));
            assertFault(Reason.NO_SUCH_BUCKET, () -> none.size("a"));
            assertFault(Reason.NO_SUCH_BUCKET, () -> none.list(""));
            assertFault(Reason.NO_SUCH_BUCKET, () -> none.delete("a"));
        }
    }

    /** Puts with these options; returns what the server says of it. */
    final HeadObjectResponse putAs(@Nullable String storageClass, S3Encryption encryption, int size)
            throws IOException {
        try (S3Store asking = server().open(server().options(bucket, PREFIX, storageClass, encryption))) {
            asking.put("a", Content.of(bytes(size)));
            assertThat(read("a")).isEqualTo(bytes(size));
            return client.headObject(request -> request.bucket(bucket).key(PREFIX + "/a"));
        }
    }

    interface Act {
        void run() throws IOException;
    }

    static void assertFault(Reason reason, Act act, String... words) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        StoreFault.class,
                        fault -> assertThat(fault.reason())
                                .as(fault.getMessage())
                                .isEqualTo(reason))
                .satisfies(fault -> assertThat(List.of(words))
                        .allSatisfy(word -> assertThat(fault).hasMessageContaining(word)));
    }

    static byte[] range(SeekableByteChannel channel, long from, int length) throws IOException {
        ByteBuffer range = ByteBuffer.allocate(length);
        channel.position(from);
        while (range.hasRemaining() && channel.read(range) >= 0) {
            continue;
        }
        return Arrays.copyOf(range.array(), range.position());
    }

    /** How many parts the store has sent. */
    private long parts() {
        return requests.stream()
                .filter(request -> request.startsWith("PUT") && request.contains("partNumber="))
                .count();
    }

    private int unfinished() {
        return client.listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .size();
    }

    private String begin(String name) {
        return client.createMultipartUpload(request -> request.bucket(bucket).key(PREFIX + "/" + name))
                .uploadId();
    }

    private void part(String name, String upload, int number, byte[] bytes) {
        client.uploadPart(
                request -> request.bucket(bucket)
                        .key(PREFIX + "/" + name)
                        .uploadId(upload)
                        .partNumber(number),
                RequestBody.fromBytes(bytes));
    }
}
