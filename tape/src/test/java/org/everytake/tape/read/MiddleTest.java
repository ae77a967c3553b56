package org.everytake.tape.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.description;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.sources;
import static org.everytake.tape.Fixtures.started;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that is read from its middle on. */
class MiddleTest {
    private static final int PACKETS = 800;
    private static final int COMMIT_EVERY = 40;
    /** This packet comes after that one. */
    private static final int LATE = 50;

    private static final int AFTER = 430;

    @TempDir
    Path folder;

    @Test
    void CAP_11_whatCameBeforeIsLeftOut() throws Exception {
        record();
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            RecordedTake take = tape.takes().getFirst();
            List<TapeRecord> all = all(take.records(0));
            assertThat(all).hasSize(PACKETS);
            for (long from : new long[] {Long.MIN_VALUE, 0, 39, 40, 41, AFTER, 431, 500, 799, 900, Long.MAX_VALUE}) {
                List<TapeRecord> middle = all(take.records(0, from));
                List<Long> after = numbers(all.stream()
                        .filter(record -> record.stampNanos() >= from)
                        .toList());
                assertThat(numbers(middle))
                        .as("from " + from)
                        .containsAll(after)
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(middle)
                        .as("from " + from)
                        .isNotEmpty()
                        .allSatisfy(record -> assertThat(record.stampNanos())
                                .isGreaterThan(Math.clamp(from, 0, PACKETS) - 2L * COMMIT_EVERY));
            }
            assertThat(take.records(1, 0)).isEmpty();
        }
    }

    /** The stamp of a packet is its place in the order of arrival. */
    private void record() throws Exception {
        SpoolOptions options = new SpoolOptions(Duration.ofMillis(2), Duration.ofSeconds(10), 60_000, 16 << 20, 0);
        try (Spool spool = Spool.open(folder, options, SpoolListener.NONE)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(1));
            List<Long> order = new ArrayList<>();
            for (long sequence = 0; sequence < PACKETS; sequence++) {
                order.add(sequence);
            }
            order.remove(LATE);
            order.add(AFTER, (long) LATE);
            for (int stamp = 0; stamp < PACKETS; stamp++) {
                byte[] packet = packet(1, 0, order.get(stamp));
                long position = take.append(0, order.get(stamp), stamp, packet, 0, packet.length);
                while (position % COMMIT_EVERY == 0 && take.committed() < position) {
                    Thread.onSpinWait();
                }
            }
            tape.finish(PACKETS, "").get(60, TimeUnit.SECONDS);
        }
    }

    private static List<TapeRecord> all(Iterable<TapeRecord> records) {
        List<TapeRecord> all = new ArrayList<>();
        records.forEach(all::add);
        return all;
    }

    private static List<Long> numbers(List<TapeRecord> records) {
        return records.stream().map(TapeRecord::sequence).toList();
    }
}
