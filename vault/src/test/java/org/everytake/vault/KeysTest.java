package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    @Test
    void aKeyIsThereAgainAfterARestart() throws Exception {
        byte[] secret = open().obtain("r-1", KeyKind.TAPE).secret();
        assertThat(open().obtain("r-1", KeyKind.TAPE).secret()).isEqualTo(secret);
        assertThat(Objects.requireNonNull(open().find("r-1", KeyKind.TAPE)).secret())
                .isEqualTo(secret);
        assertThat(open().find("r-1", KeyKind.MASTERS)).isNull();
        assertThat(open().obtain("r-1", KeyKind.MASTERS).secret()).isNotEqualTo(secret);
        assertThat(open().obtain("r-2", KeyKind.TAPE).secret()).isNotEqualTo(secret);
        assertThat(Files.readAllBytes(folder.resolve("keys/r-1.tape"))).hasSize(WrappedKey.BYTES);
    }

    @Test
    void secretFilesAreTheirOwnersOnly() throws Exception {
        open().obtain("r-1", KeyKind.RENDITIONS);
        for (String file : new String[] {"master.key", "keys/r-1.renditions"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aDestroyedKeyStaysDestroyed() throws Exception {
        Keys keys = open();
        byte[] secret = keys.obtain("r-1", KeyKind.TAPE).secret();
        assertThat(keys.destroy("r-1", KeyKind.TAPE)).isTrue();
        assertThat(keys.destroy("r-1", KeyKind.TAPE)).isFalse();
        assertThat(open().find("r-1", KeyKind.TAPE)).isNull();
        assertThat(open().obtain("r-1", KeyKind.TAPE).secret()).isNotEqualTo(secret);
    }

    @Test
    void aMissingMasterKeyIsAnErrorAtStartNotANewOne() throws Exception {
        open().obtain("r-1", KeyKind.TAPE);
        Files.delete(folder.resolve("master.key"));
        assertThatThrownBy(this::open).isInstanceOf(KeyFault.class).hasMessageContaining("master.key is missing");
        assertThat(folder.resolve("master.key")).doesNotExist();
    }

    @Test
    void anotherMasterKeyIsAnErrorThatNamesIt() throws Exception {
        open().obtain("r-1", KeyKind.TAPE);
        MasterKeys other = MasterKeys.ofText(Base64.getEncoder().encodeToString(new byte[32]), "EVERYTAKE_MASTER_KEY");
        assertThatThrownBy(() -> Keys.open(folder.resolve("keys"), other, RANDOM))
                .isInstanceOf(KeyFault.class)
                .hasMessageContaining("was wrapped by master key")
                .hasMessageContaining("EVERYTAKE_MASTER_KEY");
    }

    @Test
    void theMasterKeyMayComeFromASetting() throws Exception {
        byte[] secret = open().obtain("r-1", KeyKind.TAPE).secret();
        String text = Files.readString(folder.resolve("master.key"));
        Keys keys = Keys.open(folder.resolve("keys"), MasterKeys.ofText(text, "EVERYTAKE_MASTER_KEY"), RANDOM);
        assertThat(keys.obtain("r-1", KeyKind.TAPE).secret()).isEqualTo(secret);
        assertThatThrownBy(() -> MasterKeys.ofText("AAAA", "x")).hasMessageContaining("has 3 bytes");
        assertThatThrownBy(() -> MasterKeys.ofText("%%%", "x")).hasMessageContaining("not Base64");
    }

    @Test
    void aDamagedOrSwappedKeyIsRefused() throws Exception {
        Keys keys = open();
        keys.obtain("r-1", KeyKind.TAPE);
        keys.obtain("r-2", KeyKind.TAPE);
        Path one = folder.resolve("keys/r-1.tape");
        byte[] whole = Files.readAllBytes(one);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(one, changed);
            assertThatThrownBy(() -> keys.find("r-1", KeyKind.TAPE)).isInstanceOf(KeyFault.class);
            Files.write(one, java.util.Arrays.copyOf(whole, at));
            assertThatThrownBy(() -> keys.find("r-1", KeyKind.TAPE)).isInstanceOf(KeyFault.class);
        }
        Files.copy(folder.resolve("keys/r-2.tape"), one, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> keys.find("r-1", KeyKind.TAPE)).hasMessageContaining("another one under its name");
        assertThatThrownBy(() -> keys.obtain("../r", KeyKind.TAPE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneDamagedKeyDoesNotKeepTheOthersFromStarting() throws Exception {
        byte[] secret = open().obtain("r-2", KeyKind.TAPE).secret();
        Files.write(folder.resolve("keys/r-1.tape"), new byte[WrappedKey.BYTES]);
        Files.write(folder.resolve("keys/.r-3.tape.part"), new byte[3]);
        assertThat(open().obtain("r-2", KeyKind.TAPE).secret()).isEqualTo(secret);
        assertThatThrownBy(() -> open().find("r-1", KeyKind.TAPE)).hasMessageContaining("damaged");
        assertThat(folder.resolve("keys/.r-3.tape.part")).doesNotExist();
    }

    @Test
    void STO_2_rotationWrapsAllKeysAnewAndChangesNone() throws Exception {
        byte[] tape = open().obtain("r-1", KeyKind.TAPE).secret();
        byte[] masters = open().obtain("r-2", KeyKind.MASTERS).secret();
        String before = Files.readString(folder.resolve("master.key"));
        byte[] wrappedBefore = Files.readAllBytes(folder.resolve("keys/r-1.tape"));
        Files.write(folder.resolve("keys/r-3.tape"), new byte[WrappedKey.BYTES]);

        Keys.Rewrapped all = Keys.rotate(folder.resolve("keys"), folder.resolve("master.key"), RANDOM);

        assertThat(all).isEqualTo(new Keys.Rewrapped(2, List.of("r-3.tape")));
        String after = Files.readString(folder.resolve("master.key"));
        assertThat(after).isNotEqualTo(before).hasLineCount(1);
        assertThat(Objects.requireNonNull(open().find("r-1", KeyKind.TAPE)).secret())
                .isEqualTo(tape);
        assertThat(Objects.requireNonNull(open().find("r-2", KeyKind.MASTERS)).secret())
                .isEqualTo(masters);
        assertThat(Files.readAllBytes(folder.resolve("keys/r-1.tape"))).isNotEqualTo(wrappedBefore);
        // The former one is good for nothing any more.
        MasterKeys former = MasterKeys.ofText(before, "a copy");
        assertThatThrownBy(() -> Keys.open(folder.resolve("keys"), former, RANDOM))
                .isInstanceOf(KeyFault.class);
        assertThat(open().rewrap()).isEqualTo(new Keys.Rewrapped(0, List.of("r-3.tape")));
    }

    @Test
    void STO_2_aRotationThatWasCutShortLosesNothingAndGoesOnWithTheSameKey() throws Exception {
        byte[] one = open().obtain("r-1", KeyKind.TAPE).secret();
        byte[] two = open().obtain("r-2", KeyKind.TAPE).secret();
        Path file = folder.resolve("master.key");
        MasterKeys both = MasterKeys.read(file).renewed(RANDOM).written(file);
        byte[] wrapped = Files.readAllBytes(folder.resolve("keys/r-2.tape"));
        Keys.Rewrapped unused = Keys.open(folder.resolve("keys"), both, RANDOM).rewrap();
        // As if it had come as far as the first key, and then the power went.
        Files.write(folder.resolve("keys/r-2.tape"), wrapped);

        assertThat(open().obtain("r-1", KeyKind.TAPE).secret()).isEqualTo(one);
        assertThat(open().obtain("r-2", KeyKind.TAPE).secret()).isEqualTo(two);
        String newest = Files.readString(file).lines().findFirst().orElseThrow();
        assertThat(Keys.rotate(folder.resolve("keys"), file, RANDOM)).isEqualTo(new Keys.Rewrapped(1, List.of()));
        assertThat(Files.readString(file)).isEqualTo(newest + "\n");
        assertThat(open().obtain("r-2", KeyKind.TAPE).secret()).isEqualTo(two);
    }

    private Keys open() throws IOException, KeyFault {
        return Keys.open(folder.resolve("keys"), folder.resolve("master.key"), RANDOM);
    }
}
