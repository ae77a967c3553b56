package org.everytake.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Tries whether a store does what it must, with a small object of its own that it takes away again. */
public final class StoreProbe {
    /** More than a store may have read ahead, so that the range is one. */
    private static final int BYTES = 200_000;

    private static final int RANGE_FROM = 150_000;
    private static final int RANGE_BYTES = 1000;

    /** What is tried, in this order. */
    public enum Act {
        WRITE,
        READ,
        READ_RANGE,
        LIST,
        DELETE
    }

    /**
     * One that was tried.
     *
     * @param fault why it failed, in a sentence; null if it did not
     */
    public record Step(Act act, @Nullable String fault) {
        public boolean passed() {
            return fault == null;
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private StoreProbe() {}

    /** What was tried: all, or just to write if that failed. */
    public static List<Step> probe(Store store, RandomGenerator random) {
        String name = "everytake-test-" + HexFormat.of().toHexDigits(random.nextLong());
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        List<Step> steps = new ArrayList<>();
        Step written = attempt(Act.WRITE, () -> store.put(name, Content.of(bytes)));
        steps.add(written);
        if (!written.passed()) {
            // it may be there even so, if only its answer was lost; whether it can be deleted says nothing more
            attempt(Act.DELETE, () -> store.delete(name));
            return List.copyOf(steps);
        }
        steps.add(attempt(Act.READ, () -> requireSame(read(store, name, 0, BYTES), bytes)));
        steps.add(attempt(
                Act.READ_RANGE,
                () -> requireSame(
                        read(store, name, RANGE_FROM, RANGE_BYTES),
                        Arrays.copyOfRange(bytes, RANGE_FROM, RANGE_FROM + RANGE_BYTES))));
        steps.add(attempt(
                Act.LIST,
                () -> require(
                        store.list(name).equals(List.of(new Stored(name, BYTES))),
                        "What was written is not listed with its size.")));
        steps.add(attempt(
                Act.DELETE, () -> require(store.delete(name), "What was to be deleted was not there any more.")));
        return List.copyOf(steps);
    }

    private static Step attempt(Act act, Attempt attempt) {
        try {
            attempt.run();
            return new Step(act, null);
        } catch (StoreFault | NoSuchObject e) {
            return new Step(act, e.getMessage());
        } catch (IOException e) {
            return new Step(act, "It failed: " + e + "."); // the message alone may be no more than a path
        }
    }

    private static byte[] read(Store store, String name, long from, int length) throws IOException {
        ByteBuffer range = ByteBuffer.allocate(length);
        try (SeekableByteChannel channel = store.open(name)) {
            channel.position(from);
            while (range.hasRemaining() && channel.read(range) >= 0) {
                continue;
            }
        }
        return Arrays.copyOf(range.array(), range.position());
    }

    private static void requireSame(byte[] read, byte[] written) throws IOException {
        require(Arrays.equals(read, written), "What was read is not what was written.");
    }

    private static void require(boolean condition, String sentence) throws StoreFault {
        if (!condition) {
            throw new StoreFault(StoreFault.Reason.DAMAGED, sentence);
        }
    }
}
