package org.everytake.studio.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingMemoryTest {
    @TempDir
    Path parent;

    @TempDir
    Path data;

    @TempDir
    Path other;

    @Test
    void REN_8_whatAKilledRunLeftIsEndedAndRemovedAndNobodyElsesIs() throws Exception {
        // as after a kill: never closed
        Path left = WorkingMemory.take(parent, data, new Closing());
        Path chunk = Files.createDirectory(left.resolve("chunk-1"));
        Files.writeString(chunk.resolve("background.png"), "a name");
        Process orphan =
                new ProcessBuilder("sleep", "600").directory(chunk.toFile()).start();
        Path others = WorkingMemory.take(parent, other, new Closing());
        Process running =
                new ProcessBuilder("sleep", "600").directory(others.toFile()).start();
        try (Closing closing = new Closing()) {
            Path again = WorkingMemory.take(parent, data, closing);
            assertThat(again).isEqualTo(left).isEmptyDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(again)))
                    .isEqualTo("rwx------");
            assertThat(orphan.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(running.isAlive()).isTrue();
        } finally {
            orphan.destroyForcibly();
            running.destroyForcibly();
        }
        assertThat(left).doesNotExist();
        assertThat(others).exists();
    }

    @Test
    void whatSomebodyPutInItsPlaceIsLeftAlone() throws Exception {
        Path left = WorkingMemory.take(parent, data, new Closing());
        Files.delete(left);
        Path theirs = Files.writeString(other.resolve("theirs"), "keep");
        Files.createSymbolicLink(left, other);
        Path taken = WorkingMemory.take(parent, data, new Closing());
        assertThat(Files.isSymbolicLink(taken)).isFalse();
        assertThat(taken).isEmptyDirectory();
        assertThat(theirs).exists();
    }
}
