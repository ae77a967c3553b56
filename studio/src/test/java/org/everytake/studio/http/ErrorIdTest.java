package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorIdTest {
    @Test
    void theApiPageListsEveryErrorAndNoOther() throws Exception {
        String page = Files.readString(Path.of("../docs/api.md"));
        String list = page.substring(page.lastIndexOf("Error ids:"));
        var named = Pattern.compile("`([a-z-]+)`").matcher(list).results().map(found -> found.group(1));
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorId.values()).map(ErrorId::word).toList());
    }
}
