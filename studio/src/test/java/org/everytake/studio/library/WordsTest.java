package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void caseAndAccentsAreFolded() {
        assertThat(Words.fold("ŽÁBA Straße ΣΟΦΟΣ Øre ﬁn")).isEqualTo("zaba strasse σοφοσ ore fin");
        assertThat(Words.fold("σοφός")).isEqualTo("σοφοσ");
    }

    @Test
    void wordsAreLettersAndDigitsEachOnce() {
        assertThat(Words.of("Q3-review: Q3!", "Anna O'Neill")).containsExactly("q3", "review", "anna", "o", "neill");
        assertThat(Words.of("東京")).containsExactly("東", "京");
    }

    @Test
    void aQueryHasNoOperatorsButItsOwn() {
        assertThat(Words.query("a' | b:* & !c")).isEqualTo("'a':* & 'b':* & 'c':*");
        assertThat(Words.query("!?")).isEmpty();
    }
}
