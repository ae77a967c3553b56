package org.everytake.tape.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.everytake.tape.Fixtures;
import org.everytake.tape.format.RecordHeader;
import org.everytake.tape.format.SegmentSeal.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkQueueTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneThreadAppendsAnotherReadsRewindsAndCommits(long seed) throws Exception {
        ChunkPool pool = new ChunkPool(10 * Chunk.BYTES);
        ChunkQueue queue = new ChunkQueue(pool);
        int count = 100_000;
        Thread appender = Thread.ofPlatform().start(() -> {
            for (long sequence = 0; sequence < count; ) {
                byte[] packet = Fixtures.packet(1, 0, sequence);
                if (queue.append(RecordHeader.PACKET, 0, sequence, sequence, packet, 0, packet.length)) {
                    sequence++;
                } else {
                    Thread.onSpinWait();
                }
            }
        });
        Random random = new Random(seed);
        long committed = 0;
        while (committed < count) {
            queue.mark();
            List<Slice> slices = new ArrayList<>();
            int records = queue.read(slices, Chunk.BYTES + random.nextInt(200_000));
            long next = committed;
            for (Slice slice : slices) {
                for (int at = slice.offset(); at < slice.offset() + slice.length(); ) {
                    if (RecordHeader.sequence(slice.bytes(), at) != next++) {
                        throw new AssertionError("record " + next + " is another one");
                    }
                    at = RecordHeader.next(slice.bytes(), at, slice.offset() + slice.length());
                }
            }
            assertThat(next - committed).isEqualTo(records);
            if (random.nextInt(3) == 0) {
                queue.rewind();
            } else {
                queue.commit();
                committed = next;
            }
        }
        appender.join();
        assertThat(pool.used()).isEqualTo(1);
        queue.release();
        assertThat(pool.used()).isZero();
    }

    @Test
    void poolGivesNoMoreThanItsLimit() {
        ChunkPool pool = new ChunkPool(3 * Chunk.BYTES);
        Chunk one = pool.take();
        assertThat(List.of(one != null, pool.take() != null, pool.take() != null))
                .containsOnly(true);
        assertThat(pool.take()).isNull();
        if (one != null) {
            pool.give(one);
        }
        assertThat(pool.take()).isNotNull();
        assertThat(pool.take()).isNull();
    }
}
