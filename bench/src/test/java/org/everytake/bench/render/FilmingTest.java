package org.everytake.bench.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.everytake.bench.tape.Gaps;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.FlashClip;
import org.everytake.render.Participant;
import org.everytake.render.Timeline;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.SegmentSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmingTest {
    /** Longer than the clip, which begins again after 3.1 s. */
    private static final int SECONDS = 5;

    @TempDir
    Path folder;

    private Clip clip() throws Exception {
        return new FlashClip("0x2060C0", 1000, 160, 90, 100, 1).in(folder.resolve("clips"));
    }

    @Test
    void aTapeHasAllThatWasSentAtItsTime() throws Exception {
        List<SegmentSource> segments;
        try (Filming filming = Filming.ofPeople(folder.resolve("spool"), List.of(clip(), clip()), number -> false)) {
            segments = filming.whole(SECONDS);
        }
        try (RecordedTape tape = RecordedTape.read(segments, Filming.KEY)) {
            assertThat(tape.damage()).isEmpty();
            assertThat(Gaps.of(tape))
                    .hasSize(4)
                    .allSatisfy(gaps -> assertThat(gaps.missing()).isZero())
                    .filteredOn(gaps -> gaps.source().equals("MICROPHONE"))
                    .allSatisfy(gaps -> assertThat(gaps.records()).isEqualTo(SECONDS * 50 - 1));
            Timeline timeline = Timeline.of(tape);
            assertThat(timeline.endNanos()).isEqualTo(SECONDS * 1_000_000_000L);
            assertThat(timeline.people()).extracting(Participant::name).containsExactly("Person 1", "Person 2");
            assertThat(timeline.people())
                    .allSatisfy(person -> assertThat(person.pictures()).hasSize(1));
        }
    }

    @Test
    void whatTheNetworkLosesIsNotOnTape() throws Exception {
        List<SegmentSource> segments;
        try (Filming filming = Filming.ofPeople(folder.resolve("spool"), List.of(clip()), number -> number % 10 == 5)) {
            segments = filming.whole(SECONDS);
        }
        try (RecordedTape tape = RecordedTape.read(segments, Filming.KEY)) {
            Gaps camera = Gaps.of(tape).getFirst();
            assertThat(camera.source()).isEqualTo("CAMERA");
            assertThat((double) camera.missing()).isCloseTo(camera.last() / 10.0, within(1.0));
        }
    }
}
