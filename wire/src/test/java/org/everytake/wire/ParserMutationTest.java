package org.everytake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short fuzzing of each build; the long one is {@code ./everytake fuzz}. */
class ParserMutationTest {
    @ParameterizedTest
    @EnumSource
    void damagedInputIsRefusedOrTakenRightly(FuzzedParser parser) {
        assertThat(Mutations.taken(parser))
                .as("of %d inputs some must still be valid", parser.rounds())
                .isGreaterThan(parser.rounds() / 10);
    }
}
