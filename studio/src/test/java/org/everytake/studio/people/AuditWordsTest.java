package org.everytake.studio.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each action that the server notes is named in docs/api.md, and has words in the pages. */
class AuditWordsTest {
    /** As actions are written, such as {@code recording-deleted}; in what notes them nothing else is. */
    private static final String ACTION = "[a-z]+(?:-[a-z]+)+";

    @Test
    void everyActionThatIsNotedIsInTheGuide() throws IOException {
        String guide = Files.readString(Path.of("../docs/api.md"));
        int start = guide.indexOf("Actions:");
        String list = guide.substring(start, guide.indexOf("\n\n", start));
        assertThat(found("`(" + ACTION + ")`", list)).isEqualTo(noted());
    }

    @Test
    void everyActionThatIsNotedHasWordsInThePages() throws IOException {
        String words = Files.readString(Path.of("../web/src/words/en.ts"));
        assertThat(found("'action\\.(" + ACTION + ")':", words)).isEqualTo(noted());
    }

    private static Set<String> noted() throws IOException {
        var actions = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                if (source.contains("audit.note(")) {
                    actions.addAll(found("\"(" + ACTION + ")\"", source));
                }
            }
        }
        assertThat(actions).contains("sign-in", "session-made", "recording-deleted");
        return actions;
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(one -> one.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
