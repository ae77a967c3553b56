package org.everytake.tape.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.description;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.started;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeCheckTest {
    private static final int PACKETS = 600;

    @TempDir
    Path folder;

    @Test
    void aWholeTapeHasEndedAndMissesNothing() throws Exception {
        record();
        TapeCheck check = check();
        assertThat(check.segments())
                .hasSizeGreaterThan(3)
                .allSatisfy(segment -> assertThat(segment.state()).isEqualTo(SegmentCheck.State.WHOLE));
        assertThat(check.missing()).isEmpty();
        assertThat(check.ended()).isTrue();
        assertThat(check.takes()).isEqualTo(1);
        assertThat(spool().recordings()).containsExactly(RECORDING);
    }

    @Test
    void whatNoSegmentHasIsMissing() throws Exception {
        record();
        Files.delete(folder.resolve(RECORDING).resolve("00000002.tape"));
        assertThat(check().missing()).contains("segment 2 is missing or cannot be read");
    }

    @Test
    void ofASegmentThatIsThereTwiceTheWholeOneCounts() throws Exception {
        record();
        Path damaged = folder.resolve(RECORDING).resolve("00000002.tape");
        byte[] whole = Files.readAllBytes(damaged);
        byte[] bytes = whole.clone();
        Arrays.fill(bytes, 200, 1000, (byte) 0);
        Files.write(damaged, bytes);
        Path elsewhere = Files.createDirectories(folder.resolve("vault")).resolve("00000002.tape");
        List<SegmentSource> both = new ArrayList<>(spool().segments(RECORDING));
        both.add(SegmentSource.of(Files.write(elsewhere, whole)));
        TapeCheck check = TapeCheck.of(both, RECORDING, KEY);
        assertThat(check.segments().get(1).state()).isEqualTo(SegmentCheck.State.DAMAGED);
        assertThat(check.segments().getLast().state()).isEqualTo(SegmentCheck.State.WHOLE);
        assertThat(check.missing()).isEmpty();
    }

    @Test
    void aSegmentThatIsSealedBeforeItIsReadIsFound() throws Exception {
        try (Spool spool = Spool.open(folder, options(), SpoolListener.NONE)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            List<SegmentSource> listed = spool().segments(RECORDING);
            assertThat(listed).extracting(SegmentSource::name).containsExactly("00000001.open");
            assertThat(TapeCheck.of(listed, RECORDING, KEY).ended()).isFalse();
            tape.finish(1, "").get(60, TimeUnit.SECONDS);
            assertThat(TapeCheck.of(listed, RECORDING, KEY).ended()).isTrue();
            try (SeekableByteChannel channel = listed.getFirst().open()) {
                assertThat(channel.size()).isPositive();
            }
        }
    }

    private void record() throws Exception {
        try (Spool spool = Spool.open(folder, options(), SpoolListener.NONE)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(1));
            for (long sequence = 0; sequence < PACKETS; sequence++) {
                byte[] packet = packet(1, 0, sequence);
                take.append(0, sequence, sequence, packet, 0, packet.length);
                while (sequence % 40 == 0 && take.committed() < sequence) {
                    Thread.onSpinWait();
                }
            }
            tape.finish(PACKETS, "").get(60, TimeUnit.SECONDS);
        }
    }

    private static SpoolOptions options() {
        return new SpoolOptions(Duration.ofMillis(2), Duration.ofSeconds(10), 80_000, 16 << 20, 0);
    }

    private SpoolFolder spool() {
        return new SpoolFolder(folder);
    }

    private TapeCheck check() throws IOException {
        return TapeCheck.of(spool().segments(RECORDING), RECORDING, KEY);
    }
}
