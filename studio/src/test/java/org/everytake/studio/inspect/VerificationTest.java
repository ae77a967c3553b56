package org.everytake.studio.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.library.VaultShelf;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.Tape;
import org.everytake.vault.Content;
import org.everytake.vault.FolderStore;
import org.everytake.vault.KeyKind;
import org.everytake.vault.Keys;
import org.everytake.vault.MasterKeys;
import org.everytake.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final UUID ANNA = UUID.fromString("0199a0de-0000-7000-8000-00000000000a");
    private static final UUID BEN = UUID.fromString("0199a0de-0000-7000-8000-00000000000b");
    private static final int FRAME = 1 << 20;

    @TempDir
    Path root;

    private final List<String> lines = new ArrayList<>();
    private DataFolder data = unopened();
    private Spool spool = unopened();
    private Keys keys = unopened();
    private VaultShelf shelf = unopened();

    @BeforeEach
    void open() throws Exception {
        data = DataFolder.open(root);
        keys = Keys.open(data.keys(), data.masterKey(), new SecureRandom());
        Vault vault = new Vault(FolderStore.open(data.vault()));
        shelf = new VaultShelf(recording -> vault, keys);
        spool = Spool.open(data.spool(), SmallTapes.options(), SpoolListener.NONE);
    }

    @AfterEach
    void close() {
        spool.close();
        data.close();
    }

    @Test
    void ofAWholeFolderItSaysSo() throws Exception {
        record(ANNA);
        ship(ANNA);
        rendition(ANNA, 3 * FRAME);
        record(BEN);
        assertThat(verify()).isTrue();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).startsWith("whole    " + ANNA + "  spool: segments 1 to ");
        assertThat(lines.get(1)).startsWith("whole    " + ANNA + "  vault: segments 1 to ");
        assertThat(lines.get(2)).startsWith("whole    " + ANNA + "  vault/recordings/" + ANNA + "/renditions/");
        assertThat(lines.get(3)).startsWith("whole    " + BEN + "  spool: segments 1 to ");
        assertThat(lines.get(4)).startsWith("2 recordings, ").endsWith(": all is whole.");
    }

    @Test
    void STO_1_whatLiesInABucketIsNotTakenForLost() throws Exception {
        record(ANNA);
        ship(ANNA);
        keys.obtain(BEN.toString(), KeyKind.TAPE);
        assertThat(verify()).isTrue();
        assertThat(lines).noneMatch(line -> line.contains(BEN.toString()));

        keys.obtain("0199a0de-0000-7000-8000-0000000000ff", KeyKind.STORAGE);
        lines.clear();
        assertThat(verify()).isTrue();
        assertThat(lines).contains("elsewhere  " + BEN + "  the tape: here is its key alone");
        assertThat(lines.getLast()).contains("all that is here is whole", "of 1 recording that", "in a bucket");

        // what has something here has all of it here
        spool.erase(ANNA.toString());
        Files.delete(root.resolve("vault/recordings/" + ANNA + "/tape/00000002.tape"));
        lines.clear();
        assertThat(verify()).isFalse();
        assertThat(lines).anyMatch(line -> line.startsWith("missing  " + ANNA));
    }

    /** A bucket may have some of it; that none of it is lost cannot be said. */
    @Test
    void STO_1_aVaultThatIsLostIsNotTakenForBuckets() throws Exception {
        keys.obtain(BEN.toString(), KeyKind.TAPE);
        keys.obtain("0199a0de-0000-7000-8000-0000000000ff", KeyKind.STORAGE);
        Files.move(root.resolve("vault"), root.resolve("aside"));
        assertThat(verify()).isFalse();
        assertThat(lines).contains("missing  " + BEN + "  the tape: there is its key, but no folder vault");
    }

    @Test
    void withoutRecordingsAllIsWhole() throws Exception {
        assertThat(verify()).isTrue();
        assertThat(lines).containsExactly("There are no recordings.");
    }

    @Test
    void whatIsBeingWrittenIsReadAsFarAsItIsWhole() throws Exception {
        Tape tape = SmallTapes.begin(spool, shelf.create(ANNA), ANNA);
        assertThat(verify()).isTrue();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("writing  " + ANNA + "  spool/" + ANNA + "/")
                        .contains(".open is being written, "));
        tape.finish(1, "").get(60, TimeUnit.SECONDS);
    }

    @Test
    void damageIsNamedByFilePlaceAndKind() throws Exception {
        record(ANNA);
        ship(ANNA);
        Path object = rendition(ANNA, 3 * FRAME);
        flip(segment(ANNA, 2), 5000);
        flip(object, FRAME + 9);
        assertThat(verify()).isFalse();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("damaged  " + ANNA + "  spool/" + ANNA + "/00000002.tape at byte ")
                        .contains("batch "));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("damaged  " + ANNA + "  vault/recordings/" + ANNA + "/renditions/")
                        .endsWith(" at byte " + FRAME + ": the frame is not authentic"));
        assertThat(lines.getLast()).endsWith("1 is not: 2 damaged, 0 missing.");
    }

    @Test
    void aGapThatNeitherSpoolNorVaultFillsIsMissing() throws Exception {
        record(ANNA);
        ship(ANNA);
        Files.delete(segment(ANNA, 2));
        assertThat(verify()).isTrue();
        Files.delete(root.resolve("vault/recordings/" + ANNA + "/tape/00000002.tape"));
        assertThat(verify()).isFalse();
        assertThat(lines).contains("missing  " + ANNA + "  segment 2 is missing or cannot be read");
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("spool: segments 1, 3"));
    }

    @Test
    void aTapeWhoseEndIsGoneIsNotWhole() throws Exception {
        record(ANNA);
        ship(ANNA);
        List<SealedSegment> segments = spool.segments(ANNA.toString());
        String last = segments.getLast().name();
        spool.erase(ANNA.toString());
        assertThat(verify()).isTrue();
        Files.delete(root.resolve("vault/recordings/" + ANNA + "/tape/" + last));
        assertThat(verify()).isFalse();
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("the end of the tape"));
    }

    @Test
    void foreignSegmentsAreNamedAsSuch() throws Exception {
        record(ANNA);
        record(BEN);
        Files.copy(segment(BEN, 1), root.resolve("spool/" + ANNA + "/00000077.tape"));
        assertThat(verify()).isFalse();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("damaged  " + ANNA)
                        .contains("00000077.tape at byte 0: the segment is of recording " + BEN));
        Path key = root.resolve("keys/" + BEN + ".tape");
        Files.delete(key);
        shelf.create(BEN);
        assertThat(verify()).isFalse();
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("comes from another installation"));
    }

    @Test
    void keysThatAreMissingOrOfAnotherMasterAreNamed() throws Exception {
        record(ANNA);
        rendition(ANNA, 10);
        keys.destroy(ANNA.toString(), KeyKind.RENDITIONS);
        assertThat(verify()).isFalse();
        assertThat(lines)
                .contains("missing  " + ANNA + "  the key of the renditions, so that 1 object cannot be opened");
        Path elsewhere = Files.createTempDirectory(root, "other");
        Keys other = Keys.open(elsewhere.resolve("keys"), elsewhere.resolve("master.key"), new SecureRandom());
        other.obtain(ANNA.toString(), KeyKind.TAPE);
        Files.copy(
                elsewhere.resolve("keys/" + ANNA + ".tape"),
                root.resolve("keys/" + ANNA + ".tape"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify()).isFalse();
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("was wrapped by master key"));
        Files.delete(root.resolve("keys/" + ANNA + ".tape"));
        assertThat(verify()).isFalse();
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("the key of the tape, so that "));
    }

    @Test
    void anObjectThatCannotBeOpenedIsMissing() throws Exception {
        record(ANNA);
        Path object = rendition(ANNA, 10);
        Files.writeString(object, "something else");
        assertThat(verify()).isFalse();
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("is not a sealed one"));
    }

    @Test
    void oneRecordingCanBeAskedFor() throws Exception {
        record(ANNA);
        record(BEN);
        Verification verification = verification();
        assertThat(verification.one(BEN.toString(), lines::add)).isTrue();
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain(ANNA.toString()));
        assertThat(lines.getLast()).startsWith("1 recording, ");
        assertThatThrownBy(() -> verification().one("nobody", lines::add))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("There is nothing of a recording nobody");
    }

    @Test
    void nothingIsWritten() throws Exception {
        record(ANNA);
        ship(ANNA);
        rendition(ANNA, 10);
        Files.writeString(root.resolve("vault/.parts/5"), "being put by the server");
        Files.writeString(root.resolve("keys/." + BEN + ".tape.part"), "being written by the server");
        TreeMap<String, String> before = everything();
        assertThat(verify()).isTrue();
        assertThat(everything()).isEqualTo(before);
    }

    private boolean verify() throws Exception {
        lines.clear();
        return verification().all(lines::add);
    }

    private Verification verification() throws Exception {
        return Verification.of(DataFolder.look(root), MasterKeys.read(data.masterKey()));
    }

    private void record(UUID id) throws Exception {
        SmallTapes.begin(spool, shelf.create(id), id).finish(1, "").get(60, TimeUnit.SECONDS);
        assertThat(spool.segments(id.toString())).hasSizeGreaterThan(2);
    }

    /** Copies, because a segment that lies in the vault under a second name would be damaged with the first. */
    private void ship(UUID id) throws Exception {
        for (SealedSegment segment : spool.segments(id.toString())) {
            Path object = root.resolve("vault/recordings/" + id + "/tape/" + segment.name());
            Files.createDirectories(object.getParent());
            Files.copy(segment.file(), object);
        }
    }

    private Path rendition(UUID id, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        String object = VaultShelf.renditionObject(id, new UUID(7, size));
        shelf.putRendition(id, object, Content.of(bytes));
        return root.resolve("vault").resolve(object);
    }

    private Path segment(UUID id, int ordinal) {
        return root.resolve("spool/" + id + "/" + String.format("%08d.tape", ordinal));
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private TreeMap<String, String> everything() throws IOException {
        TreeMap<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                all.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
            }
        }
        return all;
    }

    /** What is set before each test. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unopened() {
        return null;
    }
}
