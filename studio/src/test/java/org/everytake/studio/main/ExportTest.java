package org.everytake.studio.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.export.ExportFormat;
import org.everytake.studio.record.RecorderOptions;
import org.everytake.studio.record.RecordingStage;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.spool.SpoolOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a real recording, by the program alone. */
class ExportTest {
    @TempDir
    Path here;

    @Test
    void REN_2_REN_3_aDataFolderAloneGivesArchiveFilmAndSound() throws Exception {
        UUID id = record();
        String recording = id.toString();

        assertThat(said(0, "export")).contains(recording).contains("Talk");
        said(0, "export", recording, "--raw");
        assertThat(tool("tar", "-tzf", "Talk.tar.gz")).contains("info.json").contains(".mjr");
        said(0, "export", recording, "--zip", "--to", "packed.zip");
        assertThat(tool("unzip", "-l", "packed.zip")).contains("info.json");
        said(0, "export", recording, "--mp4", "--to=all.mp4");
        assertThat(streams("all.mp4")).contains("h264").contains("aac");
        said(0, "export", recording, "--mp3", "--data", "data");
        assertThat(streams("Talk.mp3")).contains("mp3");
        said(0, "export", recording, "--mov", "--person", "anna");
        assertThat(streams("Talk - anna.mov")).contains("h264").contains("aac");
        assertThat(inTheMaking()).isEmpty();
        try (Program program = Program.start(here, Map.of(), "export", recording, "--mp4", "--to=cut.mp4")) {
            Await.until("it has begun", () -> !inTheMaking().isEmpty());
            program.end();
        }
        assertThat(inTheMaking()).as("after Ctrl-C").isEmpty();
        assertThat(here.resolve("cut.mp4")).doesNotExist();

        refused("Talk.tar.gz already; name another one with --to.", "export", recording, "--raw");
        refused("there are Anna.", "export", recording, "--mp4", "--person=Zoe");
        refused(recording, "export", "0199a0de-0000-7000-8000-00000000000a", "--raw");

        damage(id);
        try (Program program = Program.start(here, Map.of(), "export", recording, "--raw", "--to=rest.tar.gz")) {
            assertThat(program.status()).isEqualTo(1);
            assertThat(program.err()).contains("batch");
        }
        assertThat(tool("tar", "-tzf", "rest.tar.gz")).contains(".mjr");
        Files.delete(here.resolve("data/master.key"));
        refused(
                "master.key is missing, and without it nothing can be opened.",
                "export",
                recording,
                "--raw",
                "--to=no");
    }

    private List<String> inTheMaking() {
        return Stream.of(here.toFile().list())
                .filter(name -> name.startsWith(".everytake-") || name.endsWith(".part"))
                .toList();
    }

    private UUID record() throws Exception {
        Path data = here.resolve("data");
        DataFolder.open(data).close();
        try (Database database = TestDatabase.fresh();
                var stage = new RecordingStage(
                                database,
                                data,
                                RecorderOptions.standard(),
                                SpoolOptions.standard().withReserveBytes(0))
                        .begin()) {
            Attendee anna = stage.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
            UUID id = stage.start("Talk");
            Await.until("packets", () -> anna.peer().log().size() > 400);
            stage.recorder.stop(id, "stopped by Anna");
            Await.until("all is shipped", () -> stage.segments.of(id).stream().allMatch(s -> s.shippedAt() != null));
            return id;
        }
    }

    /** Of what lies on the spool, which is read first. */
    private void damage(UUID id) throws Exception {
        Path segment = here.resolve("data/spool/" + id + "/00000001.tape");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment, bytes);
    }

    private String said(int status, String... words) throws Exception {
        try (Program program = Program.start(here, Map.of(), words)) {
            assertThat(program.status()).as(program.err()).isEqualTo(status);
            return program.out();
        }
    }

    private void refused(String sentence, String... words) throws Exception {
        try (Program program = Program.start(here, Map.of(), words)) {
            assertThat(program.status()).isEqualTo(2);
            assertThat(program.err()).contains(sentence);
        }
    }

    private String streams(String file) throws Exception {
        return tool("ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", file);
    }

    private String tool(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(here.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    void whatIsAskedForIsRead() throws Exception {
        Export asked = Export.parse(List.of("id", "--mp4", "--to=a.mp4", "--person", "Anna", "--config=x.toml"));
        assertThat(asked).isEqualTo(new Export("id", ExportFormat.MP4, "Anna", "a.mp4", Map.of(), Path.of("x.toml")));
        assertMistake("Say what is to be made: --raw, --zip, --mp4, --webm, --mp3, --wav, --flac or --mov.", "id");
        assertMistake("Of --raw and --mp4 only one can be made at a time.", "id", "--raw", "--mp4");
        assertMistake("A --mov is of one person: name them with --person.", "id", "--mov");
        assertMistake("An archive is of everybody: leave out --person.", "id", "--raw", "--person=Anna");
        assertMistake("Unknown option: '--port'.", "id", "--port=1");
        assertMistake("Unknown argument: 'two'.", "id", "two");
        assertMistake("The option --to needs a value.", "id", "--raw", "--to");
        assertThat(Usage.ofExport().lines()).allMatch(line -> line.length() <= 120);
    }

    private static void assertMistake(String sentence, String... words) {
        assertThatThrownBy(() -> Export.parse(List.of(words)))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith(sentence)
                .hasMessageEndingWith("See everytake export --help.");
    }
}
