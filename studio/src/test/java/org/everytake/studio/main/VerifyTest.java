package org.everytake.studio.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.inspect.SmallTapes;
import org.everytake.tape.TapeKey;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.vault.KeyKind;
import org.everytake.vault.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    private static final UUID ID = UUID.fromString("0199a0de-0000-7000-8000-00000000000a");

    @TempDir
    Path here;

    @Test
    void whatIsAskedForIsFoundByFolderRecordingOrSettings() throws Exception {
        Path data = here.resolve("mine");
        DataFolder.open(data).close();
        assertTarget(data, Optional.empty(), "mine");
        assertTarget(data, Optional.empty(), data.toString());
        assertTarget(data, Optional.empty(), "--data=mine");
        assertTarget(data, Optional.of(ID.toString()), "mine/spool/" + ID);
        assertTarget(data, Optional.of(ID.toString()), "mine/vault/recordings/" + ID);
        assertTarget(data, Optional.of(ID.toString()), ID.toString(), "--data", "mine");
        Files.writeString(here.resolve("other.toml"), "data = \"mine\"\n");
        assertTarget(data, Optional.of(ID.toString()), "--config=other.toml", ID.toString());
    }

    @Test
    void whatIsNoDataFolderIsOneSentence() throws Exception {
        DataFolder.open(here.resolve("mine")).close();
        refused("is neither a data folder of Everytake nor in one.", "nowhere/else");
        refused("data is no data folder of Everytake.", ID.toString());
        refused("is no recording's folder; those are in ", "mine/postgres");
        refused("Unknown argument: 'two'. See everytake verify --help.", "one", "two");
        refused("Unknown option: '--port'. See everytake verify --help.", "--port=1");
        refused("The option --data needs a value. See everytake verify --help.", "--data");
    }

    @Test
    void theProgramEndsWithWhatItFound() throws Exception {
        Path data = here.resolve("data");
        try (DataFolder folder = DataFolder.open(data);
                Spool spool = Spool.open(folder.spool(), SmallTapes.options(), SpoolListener.NONE)) {
            Keys keys = Keys.open(folder.keys(), folder.masterKey(), new SecureRandom());
            TapeKey key = TapeKey.of(keys.obtain(ID.toString(), KeyKind.TAPE).secret());
            SmallTapes.begin(spool, key, ID).finish(1, "").get(60, TimeUnit.SECONDS);
            // A server may be there: the folder is locked.
            assertThat(program("all is whole.", "", "verify")).isZero();
        }
        Path segment = data.resolve("spool/" + ID + "/00000002.tape");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[3000] ^= 1;
        Files.write(segment, bytes);
        assertThat(program("damaged  " + ID, "", "verify", "data/spool/" + ID)).isEqualTo(1);
        Files.delete(data.resolve("master.key"));
        assertThat(program("", "master.key is missing, and without it nothing can be opened.", "verify"))
                .isEqualTo(2);
        assertThat(program("", "is no data folder of Everytake.", "verify", "--data=elsewhere"))
                .isEqualTo(2);
        assertThat(program("Usage: everytake verify ", "", "verify", "--help")).isZero();
    }

    private int program(String out, String err, String... words) throws Exception {
        try (Program program = Program.start(here, Map.of(), words)) {
            int status = program.status();
            assertThat(program.out()).contains(out);
            assertThat(program.err()).contains(err);
            return status;
        }
    }

    private void assertTarget(Path data, Optional<String> recording, String... words) throws CannotStart {
        Verify.Target target = Verify.parse(List.of(words)).target(Map.of(), here);
        assertThat(target.data().root()).isEqualTo(data);
        assertThat(target.recording()).isEqualTo(recording);
    }

    private void refused(String sentence, String... words) {
        assertThatThrownBy(() -> Verify.parse(List.of(words)).target(Map.of(), here))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(sentence);
    }
}
