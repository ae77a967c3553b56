package org.everytake.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.everytake.wire.Mutations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short fuzzing of each build; the long one is {@code ./everytake fuzz}. */
class EntryMutationTest {
    @ParameterizedTest
    @EnumSource
    void damagedInputIsRefusedOrTakenRightly(FuzzedEntry entry) {
        assertThat(entry.seeds()).allMatch(seed -> entry.takes(seed.clone()));
        assertThat(Mutations.taken(entry)).isPositive();
    }
}
