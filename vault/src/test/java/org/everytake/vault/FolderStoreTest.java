package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    Store open() throws IOException {
        return FolderStore.open(folder.resolve("objects"));
    }

    @Test
    void whatACrashLeftHalfPutIsClearedAtStart() throws IOException {
        Path part = Files.writeString(folder.resolve("objects/.parts/0"), "half");
        Store again = open();
        assertThat(part).doesNotExist();
        assertThat(again.list("")).isEmpty();
    }

    @Test
    void filesAreTheirOwnersOnly() throws IOException {
        open().put("a/b", Content.of(new byte[1]));
        assertThat(Files.getPosixFilePermissions(folder.resolve("objects/a/b"))).hasSize(2);
    }
}
