package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionTest {
    private static final int FRAME = 1 << 20;

    @TempDir
    Path folder;

    private Path objects = Path.of("");
    private Path keyFolder = Path.of("");
    private Path masterKey = Path.of("");

    @BeforeEach
    void folders() {
        objects = folder.resolve("vault");
        keyFolder = folder.resolve("keys");
        masterKey = folder.resolve("master.key");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, FRAME - 64, FRAME - 63, 2 * FRAME - 80, 2 * FRAME - 79, 3 * FRAME + 17})
    void everyFrameOfAnAuthenticObjectOpens(int size) throws Exception {
        DataKey key = put("a/b", size);
        assertThat(open().check("a/b", key)).isEmpty();
        assertThat(Objects.requireNonNull(open().key("r", KeyKind.RENDITIONS)).secret())
                .isEqualTo(key.secret());
        assertThat(open().key("r", KeyKind.TAPE)).isNull();
        assertThat(open().list("a/")).extracting(Stored::name).containsExactly("a/b");
    }

    @Test
    void framesThatAreNotAuthenticAreNamedByTheirPlace() throws Exception {
        DataKey key = put("a", 3 * FRAME);
        Path file = objects.resolve("a");
        byte[] bytes = Files.readAllBytes(file);
        bytes[FRAME + 5] ^= 1;
        bytes[3 * FRAME + 40] ^= 1;
        Files.write(file, bytes);
        assertThat(open().check("a", key))
                .isEqualTo(List.of(
                        new ObjectDamage(FRAME, "the frame is not authentic"),
                        new ObjectDamage(3 * FRAME, "the frame is not authentic")));
    }

    @Test
    void whatWasCutAtAFrameIsNoticed() throws Exception {
        DataKey key = put("a", 3 * FRAME);
        Path file = objects.resolve("a");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 2 * FRAME));
        assertThat(open().check("a", key)).extracting(ObjectDamage::offset).containsExactly((long) FRAME);
    }

    @Test
    void anObjectThatCannotBeOpenedIsRefusedWithASentence() throws Exception {
        DataKey key = put("a", 2 * FRAME);
        Files.copy(objects.resolve("a"), objects.resolve("b"));
        assertThatThrownBy(() -> open().check("b", key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The object b cannot be opened");
        Files.writeString(objects.resolve("c"), "no sealed object");
        assertThatThrownBy(() -> open().check("c", key)).hasMessageContaining("is not a sealed one");
        assertThatThrownBy(() -> open().check("none", key)).isInstanceOf(NoSuchObject.class);
    }

    @Test
    void nothingIsWritten() throws Exception {
        assertThatThrownBy(this::open).isInstanceOf(NoSuchFileException.class);
        DataKey key = put("a", 10);
        Path part = Files.createDirectories(objects.resolve(".parts")).resolve("17");
        Files.writeString(part, "being put by somebody else");
        Path hidden = Files.writeString(keyFolder.resolve(".r.tape.part"), "being written by somebody else");
        open().check("a", key);
        open().list("");
        open().key("r", KeyKind.MASTERS);
        try (SeekableByteChannel channel = open().open("a")) {
            assertThat(channel.size()).isGreaterThan(10);
        }
        assertThat(part).exists();
        assertThat(hidden).exists();
        Inspection elsewhere =
                Inspection.of(folder.resolve("none"), folder.resolve("no keys"), MasterKeys.read(masterKey));
        assertThat(elsewhere.list("")).isEmpty();
        assertThat(elsewhere.key("r", KeyKind.TAPE)).isNull();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aKeyOfAnotherMasterIsToldByName() throws Exception {
        put("a", 10);
        Files.delete(masterKey);
        MasterKeys other = MasterKeys.create(masterKey, new SecureRandom());
        assertThatThrownBy(() -> open().key("r", KeyKind.RENDITIONS))
                .isInstanceOf(KeyFault.class)
                .hasMessageContaining("but what is given is " + other);
    }

    /** Seals an object with a key of the recording "r". */
    private DataKey put(String name, int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        DataKey key = Keys.open(keyFolder, masterKey, new SecureRandom()).obtain("r", KeyKind.RENDITIONS);
        new Vault(FolderStore.open(objects)).put(name, Sealing.with(key), Content.of(bytes));
        return key;
    }

    private Inspection open() throws IOException, KeyFault {
        return Inspection.of(objects, keyFolder, MasterKeys.read(masterKey));
    }
}
