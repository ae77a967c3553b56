package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.everytake.vault.StoreProbe.Act;
import org.everytake.vault.StoreProbe.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProbeTest {
    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void openStore() throws IOException {
        store = FolderStore.open(folder);
    }

    @Test
    void aFolderPassesAndIsLeftAsItWas() throws IOException {
        List<Step> steps = StoreProbe.probe(store, new Random(1));
        assertThat(steps).extracting(Step::act).containsExactly(Act.values());
        assertThat(steps).allMatch(Step::passed);
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsTriedNoFurther() {
        Store full = new ThroughStore(store) {
            @Override
            public void put(String name, Content content) throws IOException {
                store.put(name, content);
                throw new StoreFault(StoreFault.Reason.FULL, "It is full.");
            }
        };
        assertThat(StoreProbe.probe(full, new Random(1))).containsExactly(new Step(Act.WRITE, "It is full."));
        assertThat(folder.toFile().list()).containsExactly(".parts");
    }

    @Test
    void whatIsReadOtherwiseIsNoticedAndTheRestIsTried() throws IOException {
        store.put("other", Content.of(new byte[200_000]));
        Store mixed = new ThroughStore(store) {
            @Override
            public SeekableByteChannel open(String name) throws IOException {
                return store.open("other");
            }

            @Override
            public List<Stored> list(String prefix) throws IOException {
                throw new IOException("/a/path");
            }
        };
        List<Step> steps = StoreProbe.probe(mixed, new Random(1));
        assertThat(steps)
                .containsExactly(
                        new Step(Act.WRITE, null),
                        new Step(Act.READ, "What was read is not what was written."),
                        new Step(Act.READ_RANGE, "What was read is not what was written."),
                        new Step(Act.LIST, "It failed: java.io.IOException: /a/path."),
                        new Step(Act.DELETE, null));
        assertThat(store.list("")).extracting(Stored::name).containsExactly("other");
    }
}
