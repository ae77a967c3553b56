package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every arrow of the life cycles is a row here, and so is every arrow that there is not. */
class LifeCycleTest {
    private static <S extends Enum<S>> String table(List<S> states, java.util.function.BiPredicate<S, S> mayBecome) {
        return states.stream()
                .map(from -> from + " -> "
                        + states.stream()
                                .filter(to -> mayBecome.test(from, to))
                                .map(Enum::toString)
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void ofARecording() {
        assertThat(table(Arrays.asList(RecordingState.values()), RecordingState::mayBecome))
                .isEqualTo("""
                STARTING -> STARTING RECORDING STOPPING FAILED
                RECORDING -> RECORDING STOPPING FAILED
                STOPPING -> STOPPING PROCESSING FAILED
                PROCESSING -> PROCESSING READY FAILED
                READY -> PROCESSING READY
                FAILED -> PROCESSING FAILED""");
    }

    @Test
    void ofARendition() {
        assertThat(table(Arrays.asList(RenditionState.values()), RenditionState::mayBecome))
                .isEqualTo("""
                QUEUED -> QUEUED RENDERING FAILED
                RENDERING -> QUEUED RENDERING READY FAILED
                READY -> READY
                FAILED -> QUEUED FAILED""");
    }

    @Test
    void wordsAreReadAsTheyAreWritten() {
        for (RecordingState state : RecordingState.values()) {
            assertThat(RecordingState.of(state.word())).isEqualTo(state);
        }
        for (RenditionState state : RenditionState.values()) {
            assertThat(RenditionState.of(state.word())).isEqualTo(state);
        }
    }
}
