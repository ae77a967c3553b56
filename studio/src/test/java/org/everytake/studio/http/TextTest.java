package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Zoë",
                "\ud83d\udc69\u200d\ud83d\udcbb",
                "<script>alert(1)</script>",
                "\u05d0\u05d1 ab",
                "a'; drop"
            })
    void whatIsOneLineStaysAsItIs(String text) {
        assertThat(Text.line(" " + text + "\n", "A name", 120)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\nb",
                "a\u0000b",
                "a\u2028b",
                "a\u2029b",
                "a\u202eb",
                "a\u202ab",
                "a\u2066b",
                "a\u2069b",
                "a\ud800b",
                "a\u0085b"
            })
    void whatDisturbsIsRefused(String text) {
        assertThatThrownBy(() -> Text.line(text, "A name", 120))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.id()).isEqualTo(ErrorId.MALFORMED_REQUEST));
    }
}
