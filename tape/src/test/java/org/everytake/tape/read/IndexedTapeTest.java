package org.everytake.tape.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.contents;
import static org.everytake.tape.Fixtures.description;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.sources;
import static org.everytake.tape.Fixtures.started;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tape's index saves, and that without it the same is read. */
class IndexedTapeTest {
    private static final int PACKETS = 3000;
    private static final int LATE_BY = 700;

    @TempDir
    Path folder;

    private List<SegmentSource> segments = List.of();
    private long appended;

    /** Two takes with two streams each, a seventh of the packets much later than its place, in segments of 1 MB. */
    @BeforeEach
    void record() throws Exception {
        SpoolOptions options = new SpoolOptions(Duration.ofMillis(2), Duration.ofSeconds(60), 1_000_000, 64 << 20, 0);
        try (Spool spool = Spool.open(folder, options, SpoolListener.NONE)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            List<Take> takes = List.of(tape.open(0, description(1)), tape.open(0, description(2)));
            for (int step = 0; step < PACKETS + LATE_BY; step++) {
                for (Take take : takes) {
                    append(take, step, step % 7 != 0);
                    append(take, step - LATE_BY, (step - LATE_BY) % 7 == 0);
                }
                for (Take take : takes) {
                    while (step % 50 == 0 && take.committed() < appended / takes.size()) {
                        Thread.onSpinWait(); // so each row of 50 is a batch
                    }
                }
            }
            tape.finish(PACKETS, "").get(60, TimeUnit.SECONDS);
        }
        segments = sources(folder, RECORDING);
        assertThat(segments).hasSizeGreaterThan(3);
    }

    private void append(Take take, int sequence, boolean now) {
        if (now && sequence >= 0 && sequence < PACKETS) {
            for (int stream = 0; stream < 2; stream++) {
                byte[] packet = packet(take.number(), stream, sequence);
                assertThat(take.append(stream, sequence, sequence, packet, 0, packet.length))
                        .isNotEqualTo(Take.DROPPED);
                appended++;
            }
        }
    }

    @Test
    void REN_2_noBatchIsOpenedTwice() throws Exception {
        AtomicLong read = new AtomicLong();
        long size = 0;
        for (SegmentSource segment : segments) {
            try (SeekableByteChannel channel = segment.open()) {
                size += channel.size();
            }
        }
        try (RecordedTape tape = RecordedTape.read(counted(read), KEY)) {
            long opening = read.get();
            assertThat(opening).isLessThan(size / 5);
            int count = 0;
            for (RecordedTake take : tape.takes()) {
                for (TapeRecord record : take.records(1)) {
                    assertThat(record.sequence()).isEqualTo(count++ % PACKETS);
                }
            }
            assertThat(count).isEqualTo(2 * PACKETS);
            // a little more than a batch is read at once, and late packets have theirs opened again where it has left
            // memory
            assertThat(read.get() - opening).isLessThan(size * 3 / 2);
        }
    }

    @Test
    void REN_2_withoutItsIndexATapeReadsTheSame() throws Exception {
        try (RecordedTape indexed = RecordedTape.read(segments, KEY);
                RecordedTape bare = RecordedTape.read(cut(), KEY)) {
            assertThat(contents(bare)).isEqualTo(contents(indexed));
        }
    }

    /** The same segments without their last batches, as a crash leaves them. */
    private List<SegmentSource> cut() throws IOException {
        Path cut = Files.createDirectories(folder.resolve("cut").resolve(RECORDING));
        for (SegmentSource segment : segments) {
            byte[] bytes = Files.readAllBytes(Path.of(segment.toString()));
            int end = bytes.length - Integer.BYTES;
            while (ByteBuffer.wrap(bytes).getInt(--end) != 0x45544254) {} // the magic of the batch of the end mark
            Path file = cut.resolve(segment.name().replace(".tape", ".cut.tape"));
            Files.write(file, java.util.Arrays.copyOf(bytes, end));
        }
        return sources(folder.resolve("cut"), RECORDING);
    }

    private List<SegmentSource> counted(AtomicLong read) {
        return segments.stream().map(segment -> counted(segment, read)).toList();
    }

    private static SegmentSource counted(SegmentSource segment, AtomicLong read) {
        return new SegmentSource() {
            @Override
            public String name() {
                return segment.name();
            }

            @Override
            public SeekableByteChannel open() throws IOException {
                return new BytesChannel(Files.readAllBytes(Path.of(segment.toString()))) {
                    @Override
                    public int read(ByteBuffer into) {
                        int count = super.read(into);
                        read.addAndGet(Math.max(0, count));
                        return count;
                    }
                };
            }
        };
    }
}
