package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do, whatever it keeps its objects in. */
abstract class StoreContract {
    /** What is tested; new and empty for each test. */
    Store store;

    abstract Store open() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open();
    }

    @Test
    void whatWasPutIsThereWithItsSize() throws IOException {
        byte[] bytes = bytes(3_000_000);
        store.put("recordings/r1/tape/00000001.tape", Content.of(bytes));
        store.put("recordings/r1/empty", Content.of(new byte[0]));
        store.put("recordings/r1/streamed", Content.of(new ByteArrayInputStream(bytes)));
        assertThat(read("recordings/r1/tape/00000001.tape")).isEqualTo(bytes);
        assertThat(read("recordings/r1/streamed")).isEqualTo(bytes);
        assertThat(read("recordings/r1/empty")).isEmpty();
        assertThat(store.size("recordings/r1/tape/00000001.tape")).isEqualTo(3_000_000);
    }

    @Test
    void aRangeCanBeRead() throws IOException {
        store.put("a", text("0123456789"));
        try (SeekableByteChannel channel = store.open("a")) {
            ByteBuffer three = ByteBuffer.allocate(3);
            channel.position(4).read(three);
            assertThat(three.array()).asString(StandardCharsets.US_ASCII).isEqualTo("456");
            assertThat(channel.position(10).read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void aReadGivesAsMuchAsThereIs() throws IOException {
        byte[] bytes = bytes(300_000);
        store.put("a", Content.of(bytes));
        ByteBuffer room = ByteBuffer.allocate(400_000);
        try (SeekableByteChannel channel = store.open("a")) {
            assertThat(channel.read(room)).isEqualTo(300_000);
        }
        assertThat(room.flip()).isEqualTo(ByteBuffer.wrap(bytes));
    }

    @Test
    void REN_3_aSealedObjectIsReadToItsEndAsAStream() throws IOException {
        byte[] bytes = bytes(3_000_000);
        Vault vault = new Vault(store);
        Sealing sealing = Sealing.with(DataKey.of(new byte[32]));
        vault.put("a", sealing, Content.of(bytes));
        try (var in = new BufferedInputStream(Channels.newInputStream(vault.open("a", sealing)), 8192)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void puttingAgainReplacesWhileReadersKeepWhatTheyOpened() throws IOException {
        store.put("a", text("first"));
        try (SeekableByteChannel channel = store.open("a")) {
            store.put("a", text("second"));
            assertThat(Channels.newInputStream(channel).readAllBytes())
                    .asString()
                    .isEqualTo("first");
        }
        assertThat(read("a")).asString().isEqualTo("second");
    }

    @Test
    void aPutThatFailsLeavesWhatWasThere() throws IOException {
        Content failing = out -> {
            out.write(new byte[100_000]);
            throw new IOException("the source broke");
        };
        assertThatThrownBy(() -> store.put("a/b", failing)).hasMessageContaining("the source broke");
        assertThatThrownBy(() -> store.open("a/b")).isInstanceOf(NoSuchObject.class);
        store.put("a/b", text("first"));
        assertThatThrownBy(() -> store.put("a/b", failing)).hasMessageContaining("the source broke");
        assertThat(read("a/b")).asString().isEqualTo("first");
        assertThat(store.list("")).containsExactly(new Stored("a/b", 5));
    }

    @Test
    void listSaysWhatBeginsSo() throws IOException {
        for (String name : List.of("r/2/b", "r/1/a", "r/10/c", "s", "r/1/b")) {
            store.put(name, text(name));
        }
        assertThat(store.list("")).extracting(Stored::name).containsExactly("r/1/a", "r/1/b", "r/10/c", "r/2/b", "s");
        assertThat(store.list("r/1/")).extracting(Stored::name).containsExactly("r/1/a", "r/1/b");
        assertThat(store.list("r/1")).extracting(Stored::name).containsExactly("r/1/a", "r/1/b", "r/10/c");
        assertThat(store.list("nothing/")).isEmpty();
    }

    @Test
    void whatWasDeletedIsGone() throws IOException {
        store.put("r/1/a", text("a"));
        store.put("r/1/b", text("b"));
        assertThat(store.delete("r/1/a")).isTrue();
        assertThat(store.delete("r/1/a")).isFalse();
        assertThat(store.delete("r/1")).isFalse();
        assertThat(store.delete("r/7/x")).isFalse();
        assertThatThrownBy(() -> store.size("r/1/a")).isInstanceOf(NoSuchObject.class);
        assertThatThrownBy(() -> store.open("r/1")).isInstanceOf(NoSuchObject.class);
        assertThat(store.list("r/")).extracting(Stored::name).containsExactly("r/1/b");
        store.delete("r/1/b");
        store.put("r", text("a name that was a folder"));
        assertThat(store.list("")).extracting(Stored::name).containsExactly("r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                "..",
                "../a",
                "a/../b",
                "a/..",
                ".",
                ".parts/0",
                "a/./b",
                "a\\b",
                "a b",
                "a\u0000",
                "ä",
                "a\nb"
            })
    void namesThatLeadElsewhereAreRefused(String name) {
        assertThatThrownBy(() -> store.put(name, text("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.open(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.delete(name)).isInstanceOf(IllegalArgumentException.class);
        if (!name.isEmpty() && !name.equals("a/")) {
            assertThatThrownBy(() -> store.list(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void manyAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> work = IntStream.range(0, 200)
                    .mapToObj(i -> (Callable<Boolean>) () -> {
                        String name = "many/" + i % 10 + "/" + i;
                        store.put(name, text(name));
                        return i % 3 == 0 && store.delete(name);
                    })
                    .toList();
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isNotNull();
            }
        }
        assertThat(store.list("many/")).hasSize(200 - 67);
    }

    final byte[] read(String name) throws IOException {
        try (SeekableByteChannel channel = store.open(name)) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }

    /** The same each time. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
