package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people are told when something is in their way. */
@ExtendWith(World.Resolver.class)
class TroubleTest {

    private static final TestCard ANNA = TestCard.browser(0);

    @Test
    void refusedPermissionSaysWhatToDo(World world) throws IOException, InterruptedException {
        World.Session session = world.session("Refused");
        try (RoomPage anna = RoomPage.open(world.chromium(), Devices.refused(ANNA), session.link())) {
            assertThat(anna.by("microphone-camera-trouble")).containsText("Allow them");
        }
    }

    @Test
    void withoutDevicesOneIsToldAndCanStillJoin(World world) throws IOException, InterruptedException {
        World.Session session = world.session("Nothing to show");
        try (RoomPage anna = RoomPage.open(world.chromium(), Devices.none(ANNA), session.link())) {
            assertThat(anna.by("microphone-camera-trouble")).containsText("Connect them");
            anna.join();
            assertThat(anna.pane("Anna")).isVisible();
        }
    }

    @Test
    void aWeakNetworkIsToldToWhoseItIsAndToNobodyElse(World world) throws IOException, InterruptedException {
        World.Session session = world.session("A weak network");
        try (RoomPage anna = world.joinAsHost(session, Devices.both(ANNA));
                var network = new Detour(world.api());
                RoomPage ben = world.joinOver(network, session, Devices.both(TestCard.browser(1)))) {
            anna.waitForOthers(1);
            ben.waitForOthers(1);
            network.losePercent(25);
            assertThat(ben.by("weak-network")).containsText("Your network is weak.");
            assertThat(anna.by("weak-network")).isEmpty();
            network.losePercent(0);
            assertThat(ben.by("weak-network")).isEmpty();
        }
    }

    @Test
    void unknownSessionAndRecordingAreNotFound(World world) throws IOException, InterruptedException {
        String nowhere = "01890000-0000-7000-8000-000000000000";
        Api.Answer session = world.api().get("sessions/" + nowhere);
        Api.Answer recording = world.api().get("recordings/" + nowhere);
        assertThat(session.status()).isEqualTo(404);
        assertThat(session.json().path("id").asText()).isEqualTo("no-such-session");
        assertThat(recording.status()).isEqualTo(404);
        assertThat(recording.json().path("id").asText()).isEqualTo("no-such-recording");

        try (RoomPage page = RoomPage.open(
                world.chromium(), Devices.both(ANNA), world.server().address().resolve("/s/" + nowhere))) {
            assertThat(page.by("lost")).containsText("no session");
        }
    }
}
