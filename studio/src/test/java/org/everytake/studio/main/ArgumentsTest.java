package org.everytake.studio.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.Setting;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void flagsHaveTheirValueBehindAnEqualsSignOrABlank() throws CannotStart {
        Arguments arguments = Arguments.parse("serve", "--port", "1", "--data=a=b", "--config", "x.toml", "--host=");

        assertThat(arguments.command()).isEqualTo(Command.SERVE);
        assertThat(arguments.flags()).isEqualTo(Map.of(Setting.PORT, "1", Setting.DATA, "a=b", Setting.HOST, ""));
        assertThat(arguments.config()).isEqualTo(Path.of("x.toml"));
        assertThat(arguments.newAdminLink()).isFalse();
        assertThat(Arguments.parse("serve", "--new-admin-link", "--port", "1").newAdminLink())
                .isTrue();
    }

    @Test
    void withoutACommandOrWithHelpNothingIsServed() throws CannotStart {
        assertThat(Arguments.parse().command()).isEqualTo(Command.HELP);
        assertThat(Arguments.parse("--help").command()).isEqualTo(Command.HELP);
        assertThat(Arguments.parse("serve", "--port", "1", "-h").command()).isEqualTo(Command.HELP);
    }

    @Test
    void aBackupHasItsFolderAndARestoredOneItsFile() throws CannotStart {
        Arguments backup = Arguments.parse("backup", "--data=d", "there");
        assertThat(backup.command()).isEqualTo(Command.BACKUP);
        assertThat(backup.file()).isEqualTo(Path.of("there"));
        assertThat(backup.flags()).isEqualTo(Map.of(Setting.DATA, "d"));
        assertThat(Arguments.parse("restore", "x.database.zip").file()).isEqualTo(Path.of("x.database.zip"));
        refused(
                "The command backup needs the folder in which the backup is to lie. See everytake serve --help.",
                "backup");
        refused("Unknown argument: 'two'. See everytake serve --help.", "backup", "one", "two");
        refused("Unknown option: '--new-admin-link'. See everytake serve --help.", "restore", "--new-admin-link");
    }

    @Test
    void whatIsNotKnownIsOneSentence() {
        refused("Unknown command: 'server'. See everytake serve --help.", "server");
        refused("Unknown argument: 'now'. See everytake serve --help.", "serve", "now");
        refused("Unknown option: '--prot'. See everytake serve --help.", "serve", "--prot=1");
        refused("The option --port needs a value. See everytake serve --help.", "serve", "--port");
        // Every user of the machine can read flags.
        refused("Unknown option: '--database-password'. See everytake serve --help.", "serve", "--database-password=x");
    }

    private static void refused(String sentence, String... words) {
        assertThatThrownBy(() -> Arguments.parse(words))
                .isInstanceOfSatisfying(
                        CannotStart.class,
                        cannot -> assertThat(cannot.sentence()).isEqualTo(sentence));
    }
}
