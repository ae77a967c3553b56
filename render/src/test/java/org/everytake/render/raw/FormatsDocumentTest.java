package org.everytake.render.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/formats.md} says what the code does. */
class FormatsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/formats.md");
    private static final Path SOURCE = Path.of("src/main/java/org/everytake/render/raw/MjrWriter.java");
    private static final Pattern DIAGRAM = Pattern.compile("<pre>\n(.*?) \\* </pre>", Pattern.DOTALL);

    @Test
    void theDiagramIsTheSame() throws IOException {
        Matcher matcher = DIAGRAM.matcher(Files.readString(SOURCE));
        assertThat(matcher.find()).isTrue();
        String diagram = matcher.group(1).replaceAll("(?m)^ \\* ?", "");
        assertThat(Files.readString(DOCUMENT)).contains("```\n" + diagram + "```");
    }
}
