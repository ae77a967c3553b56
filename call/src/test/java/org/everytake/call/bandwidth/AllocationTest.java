package org.everytake.call.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static Allocation.Video video(int present, long... rates) {
        return new Allocation.Video(rates, present);
    }

    @Test
    void eachGetsItsLeastLayerBeforeAnybodyGetsMore() {
        var three = List.of(video(-1, 100, 400, 1_500), video(-1, 100, 400, 1_500), video(-1, 100, 400, 1_500));
        assertThat(Allocation.divide(400, three)).containsExactly(0, 0, 0);
        assertThat(Allocation.divide(700, three)).containsExactly(1, 0, 0);
        assertThat(Allocation.divide(10_000, three)).containsExactly(2, 2, 2);
    }

    @Test
    void thoseForWhomThereIsNoRoomArePaused() {
        var two = List.of(video(-1, 300), video(-1, 300));
        assertThat(Allocation.divide(400, two)).containsExactly(0, -1);
        assertThat(Allocation.divide(100, two)).containsExactly(-1, -1);
    }

    @Test
    void theMostImportantVideoIsNotGivenUpForALittle() {
        assertThat(Allocation.divide(250, List.of(video(0, 400), video(0, 100))))
                .containsExactly(0, -1);
        assertThat(Allocation.divide(150, List.of(video(0, 400), video(0, 100))))
                .containsExactly(-1, 0);
        assertThat(Allocation.divide(250, List.of(video(-1, 400), video(0, 100))))
                .containsExactly(-1, 0);
    }

    @Test
    void aLayerIsKeptWithLessRoomThanItTakesToGetIt() {
        assertThat(Allocation.divide(400, List.of(video(0, 100, 400)))).containsExactly(0);
        assertThat(Allocation.divide(400, List.of(video(1, 100, 400)))).containsExactly(1);
        assertThat(Allocation.divide(390, List.of(video(1, 100, 400)))).containsExactly(0);
    }

    @Test
    void whatDoesNotFlowYetIsTriedAndWhatDoesNotExistIsNot() {
        assertThat(Allocation.divide(1_000, List.of(video(-1, 0), video(-1)))).containsExactly(0, -1);
        assertThat(Allocation.least(List.of(video(-1, 100, 400), video(-1)))).isEqualTo(115);
        assertThat(Allocation.wanted(List.of(video(-1, 100, 400), video(-1)))).isEqualTo(459);
    }
}
