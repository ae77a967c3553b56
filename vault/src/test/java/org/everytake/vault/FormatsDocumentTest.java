package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/formats.md} says what the code does. */
class FormatsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/formats.md");
    private static final Path SOURCES = Path.of("src/main/java/org/everytake/vault");
    private static final Pattern DIAGRAM = Pattern.compile("<pre>\n(.*?) \\* </pre>", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"ObjectSeal", "WrappedKey"})
    void diagramsAreTheSame(String type) throws IOException {
        Matcher matcher = DIAGRAM.matcher(Files.readString(SOURCES.resolve(type + ".java")));
        assertThat(matcher.find()).as("a diagram in " + type).isTrue();
        String diagram = matcher.group(1).replaceAll("(?m)^ \\* ?", "");
        assertThat(Files.readString(DOCUMENT)).contains("```\n" + diagram + "```");
    }

    @Test
    void numbersAreTheSame() throws IOException {
        Map<String, Integer> code = Map.of(
                "object version", ObjectSeal.VERSION,
                "object header bytes", ObjectSeal.HEADER_BYTES,
                "object frame bytes", ObjectSeal.FRAME_BYTES,
                "wrapped key version", WrappedKey.VERSION,
                "wrapped key bytes", WrappedKey.BYTES);
        String document = Files.readString(DOCUMENT);
        code.forEach((name, value) -> assertThat(document).contains("| " + name + " | " + value + " |"));
        assertThat(document).contains("| object magic | 0x" + hex(ObjectSeal.MAGIC) + " |");
        assertThat(document).contains("| wrapped key magic | 0x" + hex(WrappedKey.MAGIC) + " |");
    }

    private static String hex(int value) {
        return Integer.toHexString(value).toLowerCase(Locale.ROOT);
    }
}
