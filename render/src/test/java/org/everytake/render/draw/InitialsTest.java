package org.everytake.render.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialsTest {
    @ParameterizedTest
    @CsvSource({
        "Anna Lindqvist, AL",
        "ben, B",
        "' Dr. (Eva)  Maria de la Cruz ', DC",
        "Дмитрий Ильич Ковалёв, ДК",
        "مريم العلي, م",
        "田中 花子, 田",
        "🦊 Fox, F",
        "🦊, 🦊",
        "é́tienne, É́",
        "-, -"
    })
    void oneOrTwoLettersStandForAName(String name, String initials) {
        assertThat(Initials.of(name)).isEqualTo(initials);
    }

    @Test
    void aNameOfSpacesIsAQuestion() {
        assertThat(Initials.of("  ")).isEqualTo("?");
    }
}
