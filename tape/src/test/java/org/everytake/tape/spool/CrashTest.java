package org.everytake.tape.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.numbers;
import static org.everytake.tape.Fixtures.sequences;
import static org.everytake.tape.Fixtures.sources;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.read.RecordedTape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
    private static final int CRASHES = 5;
    private static final Pattern COMMITTED = Pattern.compile("committed ([0-9]+) ([0-9]+)");

    @TempDir
    Path folder;

    @Test
    void everyCommittedRecordSurvivesKillMinusNine() throws Exception {
        Random random = new Random(7);
        Map<Integer, Long> committed = new TreeMap<>();
        for (int crash = 0; crash < CRASHES; crash++) {
            recordUntilKilled(1 + random.nextInt(40), committed);
        }
        assertThat(committed).containsKeys(1, CRASHES);
        RecoveredRecording recovered;
        try (Spool spool = Spool.open(folder, Heard.options(), SpoolListener.NONE)) {
            recovered = spool.recover(recording -> KEY).getFirst();
            assertThat(recovered.stopped()).isFalse();
            assertThat(recovered.damage()).isEmpty();
            assertThat(spool.recover(recording -> KEY)).isEqualTo(List.of(recovered));
        }
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(tape.damage()).isEmpty();
            for (int take = 1; take <= CRASHES; take++) {
                List<Long> found = sequences(tape, take, 0);
                assertThat(found).isEqualTo(numbers(found.size()));
                assertThat((long) found.size()).isGreaterThanOrEqualTo(committed.getOrDefault(take, 0L));
            }
            List<Stamped> journal = tape.journal();
            assertThat(journal).extracting(Stamped::number).isEqualTo(numbers(journal.size()));
            assertThat((long) journal.size()).isGreaterThanOrEqualTo(committed.getOrDefault(0, 0L));
            assertThat(journal.stream().filter(e -> e.event() instanceof Event.Interrupted))
                    .hasSize(CRASHES);
            long newest = 0;
            for (Stamped event : journal) {
                if (event.event() instanceof Event.Interrupted) {
                    assertThat(event.stampNanos()).isGreaterThanOrEqualTo(newest);
                }
                newest = Math.max(newest, event.stampNanos());
            }
            assertThat(recovered.nextEvent()).isEqualTo(journal.size());
        }
    }

    /** Kills the writer after so many lines; notes what it had said was committed. */
    private void recordUntilKilled(int lines, Map<Integer, Long> committed) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = writer.inputReader()) {
            int heard = 0;
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                assertThat(line).doesNotStartWith("fault");
                Matcher words = COMMITTED.matcher(line);
                if (words.matches()) { // the last line may be cut
                    committed.merge(Integer.parseInt(words.group(1)), Long.parseLong(words.group(2)), Math::max);
                }
                if (++heard == lines) {
                    writer.toHandle().destroyForcibly(); // SIGKILL; what it managed to say before is still read
                }
            }
            assertThat(heard).as("lines before the end").isGreaterThanOrEqualTo(lines);
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }
}
