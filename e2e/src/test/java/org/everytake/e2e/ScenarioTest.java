package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.everytake.bench.measure.Beeps;
import org.everytake.bench.measure.Panes;
import org.everytake.bench.measure.Probe;
import org.everytake.bench.measure.Samples;
import org.everytake.bench.measure.Synchrony;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** People who come late, go early, or have no camera. */
@ExtendWith(World.Resolver.class)
class ScenarioTest {

    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);
    private static final TestCard CLARA = TestCard.browser(2);

    @TempDir
    Path folder;

    @Test
    void lateJoinerLeaverAndOneWithoutCameraComeOutRight(World world) throws Exception {
        World.Session session = world.session("Coming and going");
        double recorded;
        try (RoomPage anna = world.join(session, Devices.both(ANNA));
                RoomPage ben = world.joinAsHost(session, Devices.withoutCamera(BEN))) {
            ben.waitForOthers(1);
            ben.record();
            double from = ben.clockSeconds();
            ben.pass(4, second -> true);
            try (RoomPage clara = world.join(session, Devices.both(CLARA))) {
                ben.waitForOthers(2);
                ben.pass(5, second -> true);
                anna.by("leave-button").click();
                ben.waitUntilGone("Anna");
                ben.pass(4, second -> true);
                recorded = ben.stop() - from;
                ben.waitUntilStopped();
                assertThat(clara.complaints()).isEmpty();
            }
        }
        JsonNode recording = RecordedCall.awaitReady(
                world.api(),
                world.api().newestRecording(session.id()).path("id").asText());
        Path composite = folder.resolve("composite.mp4");
        world.api().download(Api.content(recording, RecordedCall.rendition(recording, "composite")), composite);
        Probe probe = Probe.of(composite);
        double duration = probe.durationSeconds();

        assertThat(duration).isBetween(recorded - 0.5, recorded + 15);
        assertThat(Panes.find(composite, 2, 1280, 720, ANNA))
                .as("Anna at first")
                .isPresent();
        assertThat(Panes.find(composite, 2, 1280, 720, CLARA))
                .as("Clara at first")
                .isEmpty();
        assertThat(Panes.find(composite, duration - 1, 1280, 720, ANNA))
                .as("Anna at the end")
                .isEmpty();
        assertThat(Panes.find(composite, duration - 1, 1280, 720, CLARA))
                .as("Clara at the end")
                .isPresent();
        Samples sound = Samples.read(composite);
        assertThat(Beeps.onsets(sound, BEN.pitchHz()))
                .as("Ben is heard throughout")
                .hasSizeGreaterThan(10);
        List<Synchrony> seen = Synchrony.measure(composite, List.of(CLARA));
        assertThat(seen.getFirst().soundLate().medianMillis()).isCloseTo(0, within(120.0));

        for (JsonNode rendition : recording.path("renditions")) {
            if (rendition.path("kind").asText().equals("participant")) {
                String name =
                        RecordedCall.nameOf(recording, rendition.path("person").asText());
                Path mov = folder.resolve(name + ".mov");
                world.api().download(Api.content(recording, rendition), mov);
                assertThat(Probe.complaint(mov)).as(name).isEmpty();
                assertThat(Probe.of(mov).video().height()).as(name).isLessThanOrEqualTo(360);
                assertThat(Probe.of(mov).audio().channels()).as(name).isPositive();
            }
        }
    }
}
