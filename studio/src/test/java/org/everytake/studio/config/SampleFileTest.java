package org.everytake.studio.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the sample file and the page on operations to the settings that there are. */
class SampleFileTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void theSampleNamesEverySettingWithItsDefault() throws Exception {
        String sample = Files.readString(ROOT.resolve("everytake.sample.toml"));
        for (Setting setting : Setting.values()) {
            boolean number = setting.fallback().matches("\\d+");
            String value = number ? setting.fallback() : "\"" + setting.fallback() + "\"";
            assertThat(sample).contains("\n# " + setting.key() + " = " + value + "\n");
        }
    }

    @Test
    void withItsCommentsRemovedTheSampleIsTheDefaults() throws Exception {
        String sample = Files.readString(ROOT.resolve("everytake.sample.toml"));
        String active = sample.replaceAll("(?m)^# (?=[a-z0-9-]+ = )", "");
        Files.writeString(folder.resolve("everytake.toml"), active);
        Settings read = SettingsReader.read(Map.of(), Map.of(), null, folder);
        Files.delete(folder.resolve("everytake.toml"));
        assertThat(read).isEqualTo(SettingsReader.read(Map.of(), Map.of(), null, folder));
        assertThat(active.lines().filter(line -> !line.startsWith("#") && !line.isBlank()))
                .hasSize(Setting.values().length);
    }

    @Test
    void thePageOnOperationsNamesEverySetting() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/operations.md"));
        for (Setting setting : Setting.values()) {
            assertThat(page).contains("`" + setting.key() + "`");
        }
    }
}
