package org.everytake.tape.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.numbers;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.sources;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One recording that is killed again and again, at moments that nobody chose, and goes on each time. */
class CrashTest {
    private static final int CRASHES = 30;
    private static final int MOST_LINES = 400;
    private static final Duration MOST_LOST = Duration.ofMillis(500);
    private static final Duration SLOWEST_RECOVERY = Duration.ofSeconds(2);
    private static final Pattern LINE = Pattern.compile("(takes|appended|committed) ([0-9]+) ([0-9]+)");

    @TempDir
    Path folder;

    private final long zero = System.nanoTime();

    /** What a writer had said before it was killed. */
    private static final class Said {
        int firstTake;
        long fromStamp;
        long appendedSequence = -1;
        long appendedStamp;
        final Map<Integer, Long> committed = new TreeMap<>();

        int[] takes() {
            return firstTake == 0
                    ? new int[0]
                    : IntStream.range(firstTake, firstTake + CrashingWriter.TAKES)
                            .toArray();
        }

        void hear(String line) {
            assertThat(line).doesNotStartWith("fault");
            Matcher words = LINE.matcher(line);
            if (!words.matches()) {
                return; // the last line may be cut
            }
            long first = Long.parseLong(words.group(2));
            long second = Long.parseLong(words.group(3));
            switch (words.group(1)) {
                case "takes" -> {
                    firstTake = (int) first;
                    fromStamp = second;
                }
                case "appended" -> {
                    appendedSequence = first;
                    appendedStamp = second;
                }
                default -> committed.merge((int) first, second, Math::max);
            }
        }
    }

    @Test
    void killMinusNineCostsHalfASecondAtMostAndNothingThatWasCommitted() throws Exception {
        Random random = new Random(7);
        int interrupted = 0;
        for (int crash = 0; crash < CRASHES; crash++) {
            Said said = recordUntilKilled(1 + random.nextInt(MOST_LINES));
            RecoveredRecording recovered = recoverTwice();
            try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
                assertThat(tape.damage()).isEmpty();
                for (int take : said.takes()) {
                    check(said, take, records(tape, take));
                }
                interrupted = checkJournal(tape.journal(), said, interrupted);
                assertThat(recovered.nextEvent()).isEqualTo(tape.journal().size());
            }
        }
        assertThat(interrupted).isBetween(CRASHES / 2, CRASHES);
    }

    private static List<TapeRecord> records(RecordedTape tape, int number) {
        List<TapeRecord> records = new ArrayList<>();
        tape.takes().stream()
                .filter(take -> take.number() == number)
                .forEach(take -> take.records(0).forEach(records::add));
        return records;
    }

    private static void check(Said said, int take, List<TapeRecord> records) {
        assertThat(records).extracting(TapeRecord::sequence).isEqualTo(numbers(records.size()));
        assertThat(records)
                .allSatisfy(record -> assertThat(record.bytes()).isEqualTo(packet(take, 0, record.sequence())));
        assertThat((long) records.size()).isGreaterThanOrEqualTo(said.committed.getOrDefault(take, 0L));
        if (said.appendedSequence >= 0) {
            long newest = records.isEmpty() ? said.fromStamp : records.getLast().stampNanos();
            assertThat(Duration.ofNanos(said.appendedStamp - newest))
                    .as("lost of take %s", take)
                    .isLessThanOrEqualTo(MOST_LOST);
        }
    }

    /** Returns how often the recording was interrupted. */
    private static int checkJournal(List<Stamped> journal, Said said, int before) {
        assertThat(journal).extracting(Stamped::number).isEqualTo(numbers(journal.size()));
        assertThat((long) journal.size()).isGreaterThanOrEqualTo(said.committed.getOrDefault(0, 0L));
        assertThat(journal.getLast().event()).isInstanceOf(Event.Interrupted.class);
        long newest = 0;
        int interrupted = 0;
        for (Stamped event : journal) {
            if (event.event() instanceof Event.Interrupted) {
                assertThat(event.stampNanos()).isGreaterThanOrEqualTo(newest);
                interrupted++;
            }
            newest = Math.max(newest, event.stampNanos());
        }
        // a writer that was killed before its first commit interrupted nothing
        assertThat(interrupted).isBetween(before, before + 1);
        return interrupted;
    }

    private RecoveredRecording recoverTwice() throws Exception {
        try (Spool spool = Spool.open(folder, CrashingWriter.options(), SpoolListener.NONE)) {
            long from = System.nanoTime();
            RecoveredRecording recovered = spool.recover(recording -> KEY).getFirst();
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(SLOWEST_RECOVERY);
            assertThat(recovered.stopped()).isFalse();
            assertThat(recovered.damage()).isEmpty();
            assertThat(spool.recover(recording -> KEY)).isEqualTo(List.of(recovered));
            return recovered;
        }
    }

    /** Kills the writer after so many lines. */
    private Said recordUntilKilled(int lines) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        folder.toString(),
                        Long.toString(zero))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Said said = new Said();
        try (BufferedReader out = writer.inputReader()) {
            int heard = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.hear(line);
                if (++heard == lines) {
                    writer.toHandle().destroyForcibly(); // SIGKILL; what it managed to say before is still read
                }
            }
            assertThat(heard).as("lines before the end").isGreaterThanOrEqualTo(lines);
            return said;
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }
}
