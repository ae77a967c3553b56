package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.everytake.bench.measure.Probe;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Server;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed. It has a server of its own, and shares only the browser. */
@ExtendWith(World.Resolver.class)
class CrashTest {

    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);
    private static final String CUT_SHORT = "The server ended while this was being recorded.";

    @TempDir
    Path folder;

    @Test
    void killedInMidRecordingTheRecordingIsThereAndRenders(World world) throws Exception {
        Server.Place place = Server.Place.in(folder).withoutGoingOn();
        String session;
        double recordedSeconds;
        try (Server server = Server.start(place);
                Api api = Api.of(server)) {
            World.Session made = World.session(api, "Killed");
            session = made.id();
            try (RoomPage anna = RoomPage.openAsHost(world.chromium(), api, Devices.both(ANNA), made.link())
                    .join()) {
                anna.record();
                double from = anna.clockSeconds();
                anna.pass(8, second -> true);
                recordedSeconds = anna.clockSeconds() - from;
                server.kill();
            }
        }
        try (Server again = Server.start(place);
                Api api = Api.of(again)) {
            JsonNode recording = RecordedCall.awaitReady(
                    api, api.newestRecording(session).path("id").asText());
            Path composite = folder.resolve("composite.mp4");
            api.download(Api.content(recording, RecordedCall.rendition(recording, "composite")), composite);

            assertThat(recording.path("failure").asText()).contains(CUT_SHORT);
            assertThat(Probe.complaint(composite)).isEmpty();
            assertThat(Probe.of(composite).durationSeconds()).isGreaterThan(recordedSeconds - 0.5);
            assertThat(again.stop()).as("exit status after SIGTERM").isIn(0, 143);
        }
    }

    @Test
    void CAP_4_killedInMidCallEverybodyIsBackByThemselvesAndTheRecordingGoesOn(World world) throws Exception {
        Server.Place place = Server.Place.in(folder);
        Server server = Server.start(place);
        try (Api api = Api.of(server)) {
            World.Session session = World.session(api, "Back again");
            try (RoomPage anna = RoomPage.openAsHost(world.chromium(), api, Devices.both(ANNA), session.link())
                            .join();
                    RoomPage ben = RoomPage.open(world.chromium(), Devices.both(BEN), session.link())
                            .join()) {
                anna.waitForOthers(1);
                ben.waitForOthers(1);
                anna.record();
                ben.pass(4, second -> true);
                String cutOff = api.newestRecording(session.id()).path("id").asText();
                String benBefore = anna.personOf("Ben");
                String annaBefore = ben.personOf("Anna");

                server.kill();
                anna.waitFor("[data-testid=reconnecting]");
                ben.waitFor("[data-testid=reconnecting]");
                server = Server.start(place);

                // Their passes are signed, so they are who they were, and their recording goes on by itself.
                anna.waitUntilConnected();
                ben.waitUntilConnected();
                anna.waitFor("[data-testid=stop-button][data-state=recording]");
                anna.waitUntilMoving("Ben");
                ben.waitUntilMoving("Anna");
                assertThat(anna.personOf("Ben")).isEqualTo(benBefore);
                assertThat(ben.personOf("Anna")).isEqualTo(annaBefore);
                assertThat(anna.hears("Ben", BEN.pitchHz())).isTrue();
                assertThat(ben.hears("Anna", ANNA.pitchHz())).isTrue();
                assertThat(ben.by("join-name").isVisible()).isFalse();
                ben.pass(4, second -> true);
                anna.stop();
                anna.waitUntilStopped();

                JsonNode recording = RecordedCall.awaitReady(api, cutOff);
                assertThat(recording.path("failure").asText()).contains("The server was away at");
                assertThat(api.newestRecording(session.id()).path("id").asText())
                        .isEqualTo(cutOff);
                Path composite = folder.resolve("composite.mp4");
                api.download(Api.content(recording, RecordedCall.rendition(recording, "composite")), composite);
                assertThat(Probe.complaint(composite)).isEmpty();
            }
        } finally {
            server.close();
        }
    }
}
