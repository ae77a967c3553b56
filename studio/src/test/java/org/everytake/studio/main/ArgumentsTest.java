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

        assertThat(arguments.serve()).isTrue();
        assertThat(arguments.flags()).isEqualTo(Map.of(Setting.PORT, "1", Setting.DATA, "a=b", Setting.HOST, ""));
        assertThat(arguments.config()).isEqualTo(Path.of("x.toml"));
        assertThat(arguments.newAdminLink()).isFalse();
        assertThat(Arguments.parse("serve", "--new-admin-link", "--port", "1").newAdminLink())
                .isTrue();
    }

    @Test
    void withoutACommandOrWithHelpNothingIsServed() throws CannotStart {
        assertThat(Arguments.parse().serve()).isFalse();
        assertThat(Arguments.parse("--help").serve()).isFalse();
        assertThat(Arguments.parse("serve", "--port", "1", "-h").serve()).isFalse();
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
