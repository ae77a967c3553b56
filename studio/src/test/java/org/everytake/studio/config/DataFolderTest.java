package org.everytake.studio.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void isMadeWithItsRoomsAndItsVersion() throws Exception {
        Path root = parent.resolve("new/data");
        try (var folder = DataFolder.open(root)) {
            assertThat(folder.spool()).isDirectory();
            assertThat(folder.vault()).isDirectory();
            assertThat(folder.postgres()).isDirectory();
            assertThat(Files.getPosixFilePermissions(folder.keys())).hasSize(3);
            assertThat(root.resolve("version")).hasContent("" + DataFolder.VERSION);
        }
    }

    @Test
    void scratchIsEmptiedAtEachStart() throws Exception {
        DataFolder.open(parent).close();
        Files.createDirectories(parent.resolve("scratch/a/b"));
        Files.writeString(parent.resolve("scratch/a/b/c"), "left over");
        try (var folder = DataFolder.open(parent)) {
            assertThat(folder.scratch()).isEmptyDirectory();
        }
    }

    @Test
    void aSecondServerIsRefused() throws Exception {
        try (var first = DataFolder.open(parent)) {
            assertThatThrownBy(() -> DataFolder.open(parent))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another Everytake is running on the data folder " + first.root());
        }
        DataFolder.open(parent).close();
    }

    @Test
    void aFolderOfANewerVersionIsRefusedAndLeftAsItIs() throws Exception {
        DataFolder.open(parent).close();
        Files.writeString(parent.resolve("version"), (DataFolder.VERSION + 1) + "\n");
        assertThatThrownBy(() -> DataFolder.open(parent))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("belongs to a newer version of Everytake");
        assertThat(parent.resolve("version")).hasContent("" + (DataFolder.VERSION + 1));
    }

    @Test
    void aFolderOfSomebodyElseIsRefused() throws Exception {
        Files.writeString(parent.resolve("letters.txt"), "dear");
        assertThatThrownBy(() -> DataFolder.open(parent))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is not empty and is no data folder of Everytake");
    }

    @Test
    void aVersionThatIsNoNumberIsRefused() throws Exception {
        Files.writeString(parent.resolve("version"), "one");
        assertThatThrownBy(() -> DataFolder.open(parent))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("does not hold a version number");
    }

    @Test
    void whatIsNoFolderIsRefused() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "");
        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("cannot be written: it is not a folder");
    }

    @Test
    void whereNothingCanBeWrittenItSaysSo() {
        // Even root cannot make a folder there.
        assertThatThrownBy(() -> DataFolder.open(Path.of("/proc/everytake")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("The data folder /proc/everytake cannot be written");
    }
}
