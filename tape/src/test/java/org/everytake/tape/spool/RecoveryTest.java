package org.everytake.tape.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.OTHER_KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.description;
import static org.everytake.tape.Fixtures.numbers;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.sequences;
import static org.everytake.tape.Fixtures.sources;
import static org.everytake.tape.Fixtures.started;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.everytake.tape.Event;
import org.everytake.tape.Snapshot;
import org.everytake.tape.Stamped;
import org.everytake.tape.TapeFault;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.SegmentSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecoveryTest {
    @TempDir
    Path temp;

    private Path spoolFolder = Path.of("");
    private Path home = Path.of("");

    @BeforeEach
    void folders() {
        spoolFolder = temp.resolve("spool");
        home = spoolFolder.resolve(RECORDING);
    }

    static java.util.stream.IntStream seeds() {
        return java.util.stream.IntStream.range(0, 30);
    }

    @Test
    void aCommitThatDidNotFinishIsCutOff() throws Exception {
        Path open = crashed(200);
        long whole = Files.size(open);
        Files.write(open, new byte[777], StandardOpenOption.APPEND);
        RecoveredRecording recovered = recover();
        assertThat(recovered.damage()).isEmpty();
        assertThat(recovered.started()).isNotNull();
        assertThat(names()).containsExactly("00000001.cut.tape", "00000002.tape");
        assertThat(home.resolve("00000001.cut.tape")).hasSize(whole);
        try (RecordedTape tape = RecordedTape.read(sources(spoolFolder, RECORDING), KEY)) {
            assertThat(sequences(tape, 1, 0)).isEqualTo(numbers(200));
            assertThat(tape.journal().getLast().event()).isEqualTo(new Event.Interrupted(RecoveredJournal.REASON));
            assertThat(tape.damage()).isEmpty();
        }
    }

    @Test
    void aRecordingThatWasStoppedIsNotInterrupted() throws Exception {
        crashed(200);
        try (Spool spool = open()) {
            RecoveredRecording recovered = spool.recover(r -> KEY).getFirst();
            Tape tape = spool.resume(KEY, recovered);
            tape.finish(300, "stop").get(60, TimeUnit.SECONDS);
        }
        Map<String, Long> before = sizes();
        RecoveredRecording recovered = recover();
        assertThat(recovered.stopped()).isTrue();
        assertThat(sizes()).isEqualTo(before);
    }

    @Test
    void anInterruptedRecordingGoesOnInAnEmptyRoomWithTheNumbersItHad() throws Exception {
        crashed(200);
        try (Spool spool = open()) {
            RecoveredRecording recovered = spool.recover(r -> KEY).getFirst();
            assertThat(Objects.requireNonNull(recovered.started()).snapshot())
                    .isEqualTo(new Snapshot(List.of(), List.of(), List.of(), 1));
            assertThat(recovered.lastStampNanos()).isEqualTo(199);
            Tape tape = spool.resume(KEY, recovered);
            Take take = tape.open(500, description(tape.nextTake()));
            assertThat(take.number()).isEqualTo(2);
            assertThatThrownBy(() -> tape.open(500, description(1))).isInstanceOf(IllegalArgumentException.class);
            byte[] packet = packet(2, 0, 0);
            take.append(0, 0, 500, packet, 0, packet.length);
            tape.finish(600, "stop").get(60, TimeUnit.SECONDS);
        }
        try (RecordedTape tape = RecordedTape.read(sources(spoolFolder, RECORDING), KEY)) {
            assertThat(sequences(tape, 2, 0)).isEqualTo(numbers(1));
            assertThat(tape.journal())
                    .extracting(Stamped::number)
                    .isEqualTo(numbers(tape.journal().size()));
            assertThat(tape.journal().getLast().event()).isEqualTo(new Event.RecordingStopped("stop"));
            assertThat(tape.damage()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyDamageIsSteppedOverAndTwiceIsOnce(int seed) throws Exception {
        Random random = new Random(seed);
        Path open = crashed(400);
        damage(open, random);
        List<RecoveredRecording> first;
        try (Spool spool = open()) {
            first = spool.recover(recording -> KEY);
        }
        if (first.isEmpty()) { // its header was never whole
            assertThat(home).doesNotExist();
            return;
        }
        RecoveredRecording recovered = first.getFirst();
        Map<String, Long> after = sizes();
        RecoveredRecording again = recover();
        assertThat(sizes()).isEqualTo(after);
        assertThat(again.segments()).isEqualTo(recovered.segments());
        assertThat(again.nextEvent()).isEqualTo(recovered.nextEvent());
        assertThat(names()).noneMatch(name -> name.endsWith(".open"));
        if (recovered.started() != null) {
            try (RecordedTape tape = RecordedTape.read(sources(spoolFolder, RECORDING), KEY)) {
                assertThat(sequences(tape, 1, 0)).isSubsetOf(numbers(400));
            }
        }
    }

    @Test
    void aWrongKeyTouchesNothing() throws Exception {
        crashed(100);
        Map<String, Long> before = sizes();
        try (Spool spool = open()) {
            RecoveredRecording wrong = spool.recover(r -> OTHER_KEY).getFirst();
            assertThat(wrong.started()).isNull();
            assertThat(wrong.damage().getFirst().what()).contains("its key is another one");
            RecoveredRecording missing = spool.recover(r -> null).getFirst();
            assertThat(missing.damage().getFirst().what()).contains("its key is missing");
        }
        assertThat(sizes()).isEqualTo(before);
        assertThatThrownBy(() -> RecordedTape.read(sources(spoolFolder, RECORDING), OTHER_KEY))
                .isInstanceOf(TapeFault.class)
                .hasMessageContaining("The key does not open segment 1");
    }

    @Test
    void anotherRecordingsSegmentIsRefused() throws Exception {
        Path open = crashed(100);
        String other = "another-recording";
        try (Spool spool = open()) {
            spool.recover(r -> KEY);
            spool.create(KEY, started(other)).finish(0, "").get(60, TimeUnit.SECONDS);
        }
        Path foreign = spoolFolder.resolve(other).resolve("00000001.tape");
        List<SegmentSource> mixed = new ArrayList<>(sources(spoolFolder, RECORDING));
        mixed.add(SegmentSource.of(foreign));
        assertThatThrownBy(() -> RecordedTape.read(mixed, KEY))
                .isInstanceOf(TapeFault.class)
                .hasMessageContaining("different recordings");
        Files.copy(foreign, open);
        try (Spool spool = open()) {
            RecoveredRecording recovered = spool.recover(r -> KEY).stream()
                    .filter(r -> r.recording().equals(RECORDING))
                    .findFirst()
                    .orElseThrow();
            assertThat(recovered.damage().getFirst().what()).contains("is of recording " + other);
        }
        assertThat(open).exists();
    }

    @Test
    void aNewerFormatIsRefusedWithASentence() throws Exception {
        Path open = crashed(100);
        byte[] bytes = Files.readAllBytes(open);
        ByteBuffer header = ByteBuffer.wrap(bytes).putShort(4, (short) 2);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, SegmentHeader.CRC_OFFSET);
        header.putInt(SegmentHeader.CRC_OFFSET, (int) crc.getValue());
        Files.write(open, bytes);
        try (Spool spool = open()) {
            assertThatThrownBy(() -> spool.recover(r -> KEY))
                    .isInstanceOf(TapeFault.class)
                    .hasMessageContaining("newer program (format 2;");
        }
        assertThatThrownBy(() -> RecordedTape.read(sources(spoolFolder, RECORDING), KEY))
                .hasMessageContaining("newer program (format 2;");
    }

    @Test
    void aSegmentThatNeverHeldAnythingGoes() throws Exception {
        crashed(100);
        Files.write(home.resolve("00000002.open"), new byte[60]);
        Files.write(home.resolve("00000003.open"), new byte[4096]);
        Files.createDirectory(spoolFolder.resolve("never-began"));
        Files.createDirectory(spoolFolder.resolve("lost+found"));
        Files.createDirectory(spoolFolder.resolve("other"));
        Files.writeString(spoolFolder.resolve("other/notes.txt"), "not ours");
        RecoveredRecording recovered = recover();
        assertThat(recovered.damage()).isEmpty();
        assertThat(names()).containsExactly("00000001.cut.tape", "00000002.tape");
        assertThat(spoolFolder.resolve("never-began")).doesNotExist();
        assertThat(spoolFolder.resolve("lost+found")).exists();
        assertThat(spoolFolder.resolve("other/notes.txt")).exists();
    }

    /** A recording of so many packets whose recorder went away; its one segment, still open. */
    private Path crashed(int packets) throws Exception {
        Path written = temp.resolve("written");
        Heard heard = new Heard();
        try (Spool spool = Spool.open(written, Heard.options(), heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            tape.record(0, new Event.PersonJoined("cem", "Cem"));
            Take take = tape.open(0, description(tape.nextTake()));
            for (long sequence = 0; sequence < packets; sequence++) {
                byte[] packet = packet(1, 0, sequence);
                take.append(0, sequence, sequence, packet, 0, packet.length);
                if (sequence % 50 == 49) {
                    long upTo = sequence;
                    heard.await(() -> take.committed() > upTo);
                }
            }
            Files.createDirectories(home);
            return Files.copy(written.resolve(RECORDING).resolve("00000001.open"), home.resolve("00000001.open"));
        }
    }

    private static void damage(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(300));
            if (random.nextBoolean()) {
                java.util.Arrays.fill(bytes, at, at + length, (byte) 0);
            } else {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, at, length);
            }
        }
        int kept = random.nextInt(3) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        Files.write(file, java.util.Arrays.copyOf(bytes, kept));
    }

    private RecoveredRecording recover() throws TapeFault {
        try (Spool spool = open()) {
            return spool.recover(recording -> KEY).getFirst();
        }
    }

    private Spool open() throws TapeFault {
        return Spool.open(spoolFolder, Heard.options(), SpoolListener.NONE);
    }

    private List<String> names() throws IOException {
        return List.copyOf(sizes().keySet());
    }

    private Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        if (Files.isDirectory(home)) {
            try (var files = Files.list(home)) {
                for (Path file : files.toList()) {
                    sizes.put(file.getFileName().toString(), Files.size(file));
                }
            }
        }
        return sizes;
    }
}
