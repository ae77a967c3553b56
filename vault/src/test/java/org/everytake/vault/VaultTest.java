package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final Sealing SEALED = Sealing.with(DataKey.of(new byte[32]));
    private static final int FRAME = 1 << 20;

    @TempDir
    Path folder;

    private Vault vault;

    @BeforeEach
    void openVault() throws IOException {
        vault = new Vault(FolderStore.open(folder));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, FRAME - 64, FRAME - 63, FRAME, 3 * FRAME + 17})
    void aSealedObjectComesBackWholeAndByRanges(int size) throws IOException {
        byte[] bytes = bytes(size);
        vault.put("a/b.mp4", SEALED, Content.of(bytes));
        assertThat(vault.size("a/b.mp4", SEALED)).isEqualTo(size);
        try (SeekableByteChannel channel = vault.open("a/b.mp4", SEALED)) {
            assertThat(Channels.newInputStream(channel).readAllBytes()).isEqualTo(bytes);
            Random random = new Random(size);
            for (int i = 0; i < 20 && size > 0; i++) {
                int from = random.nextInt(size);
                ByteBuffer range = ByteBuffer.allocate(random.nextInt(size - from) + 1);
                channel.position(from);
                while (range.hasRemaining() && channel.read(range) >= 0) {
                    continue;
                }
                assertThat(range.array()).isEqualTo(Arrays.copyOfRange(bytes, from, from + range.capacity()));
            }
        }
    }

    @Test
    void plaintextIsNotInTheStore() throws IOException {
        vault.put("a", SEALED, Content.of("a sentence that must not be read on a disk".getBytes()));
        assertThat(new String(Files.readAllBytes(folder.resolve("a")), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("sentence");
    }

    @Test
    void aVerbatimObjectLiesAsItCame() throws IOException {
        byte[] bytes = bytes(5000);
        vault.put("r/1.tape", Sealing.VERBATIM, Content.of(bytes));
        assertThat(Files.readAllBytes(folder.resolve("r/1.tape"))).isEqualTo(bytes);
        assertThat(vault.size("r/1.tape", Sealing.VERBATIM)).isEqualTo(5000);
    }

    @Test
    void anObjectInAnothersPlaceIsRefused() throws IOException {
        vault.put("a", SEALED, Content.of(bytes(1000)));
        Files.copy(folder.resolve("a"), folder.resolve("b"));
        assertBroken("b", SEALED);
    }

    @Test
    void anotherKeyIsRefused() throws IOException {
        vault.put("a", SEALED, Content.of(bytes(1000)));
        byte[] other = new byte[32];
        other[31] = 1;
        assertBroken("a", Sealing.with(DataKey.of(other)));
    }

    @Test
    void everyChangedOrMissingPartIsNoticed() throws IOException {
        vault.put("a", SEALED, Content.of(bytes(2 * FRAME + 500)));
        Path whole = Files.copy(folder.resolve("a"), folder.resolve("whole"));
        byte[] sealed = Files.readAllBytes(whole);
        Random random = new Random(3);
        for (int i = 0; i < 40; i++) {
            byte[] changed = sealed.clone();
            if (i % 4 == 0) {
                changed = Arrays.copyOf(changed, random.nextInt(changed.length));
            } else {
                int at = i % 4 == 1 ? random.nextInt(100) : random.nextInt(changed.length);
                // two bytes of our header say nothing
                changed[at == 6 || at == 7 ? 8 : at] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(folder.resolve("a"), changed);
            assertBroken("a", SEALED);
        }
        Files.move(whole, folder.resolve("a"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(vault.size("a", SEALED)).isEqualTo(2 * FRAME + 500);
    }

    @Test
    void aNewerFormatIsRefusedWithASentence() throws IOException {
        vault.put("a", SEALED, Content.of(bytes(10)));
        byte[] newer = Files.readAllBytes(folder.resolve("a"));
        newer[5] = 9;
        Files.write(folder.resolve("a"), newer);
        assertThatThrownBy(() -> vault.open("a", SEALED)).hasMessageContaining("newer program (format 9;");
        assertThatThrownBy(() -> vault.open("none", SEALED)).isInstanceOf(NoSuchObject.class);
    }

    @Test
    void aSealedPutThatFailsLeavesNothing() {
        Content failing = out -> {
            out.write(new byte[2 * FRAME]);
            throw new IOException("the source broke");
        };
        assertThatThrownBy(() -> vault.put("a", SEALED, failing)).hasMessageContaining("the source broke");
        assertThatThrownBy(() -> vault.size("a", SEALED)).isInstanceOf(NoSuchObject.class);
    }

    @Test
    void scratchIsSealedAndEmptiedAtStart() throws IOException {
        Path room = folder.resolve("scratch");
        Path leftover;
        try (Scratch scratch = Scratch.open(room, new SecureRandom())) {
            byte[] bytes = bytes(FRAME + 5);
            try (var out = scratch.create("piece-1.h264")) {
                out.write(bytes);
            }
            try (SeekableByteChannel channel = scratch.open("piece-1.h264")) {
                assertThat(Channels.newInputStream(channel).readAllBytes()).isEqualTo(bytes);
            }
            leftover = Files.copy(room.resolve("piece-1.h264"), folder.resolve("leftover"));
            assertThat(scratch.delete("piece-1.h264")).isTrue();
            assertThat(scratch.delete("piece-1.h264")).isFalse();
            assertThatThrownBy(() -> scratch.open("piece-1.h264")).isInstanceOf(NoSuchObject.class);
            assertThatThrownBy(() -> scratch.create("../up")).isInstanceOf(IllegalArgumentException.class);
        }
        Files.move(leftover, room.resolve("piece-1.h264"));
        try (Scratch scratch = Scratch.open(room, new SecureRandom())) {
            assertThat(room).isEmptyDirectory();
            assertThatThrownBy(() -> scratch.open("piece-1.h264")).isInstanceOf(NoSuchObject.class);
        }
    }

    @Test
    void REN_8_whatStaysIsThereAgainUnderItsKeyAndNeverInPart() throws IOException {
        Path room = folder.resolve("unfinished");
        DataKey key = DataKey.of(new byte[32]);
        byte[] bytes = bytes(FRAME + 5);
        OutputStream half;
        try (Scratch scratch = Scratch.resume(room, key)) {
            try (var out = scratch.create("a")) {
                out.write(bytes);
            }
            half = scratch.create("b");
            half.write(bytes);
            assertThat(scratch.has("b")).isFalse();
        }
        try (Scratch scratch = Scratch.resume(room, key)) {
            assertThat(scratch.has("a")).isTrue();
            assertThat(scratch.has("b")).isFalse();
            try (SeekableByteChannel channel = scratch.open("a")) {
                assertThat(Channels.newInputStream(channel).readAllBytes()).isEqualTo(bytes);
            }
            assertThat(scratch.delete("b")).as("the part").isTrue();
            assertThat(scratch.delete("a")).isTrue();
            assertThat(room).isEmptyDirectory();
        }
        half.close();
        assertThat(room).as("what was deleted while it was written").isEmptyDirectory();
    }

    private void assertBroken(String name, Sealing sealing) {
        assertThatThrownBy(() -> {
                    try (SeekableByteChannel channel = vault.open(name, sealing)) {
                        Channels.newInputStream(channel).readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
