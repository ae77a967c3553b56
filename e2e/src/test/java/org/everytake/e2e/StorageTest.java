package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A plan that is full, and a legal hold, by the pages. It has a server of its own, and shares only the browser. */
@ExtendWith(World.Resolver.class)
class StorageTest {

    private static final TestCard ANNA = TestCard.browser(0);

    /** In gigabytes: a thousand bytes. */
    private static final String NEXT_TO_NOTHING = "0.000001";

    @TempDir
    Path folder;

    @Test
    void STO_4_aFullStorageCutsNoRecordingAndRefusesTheNextWithTheReason(World world) throws Exception {
        try (Server server = Server.start(Server.Place.in(folder));
                Api api = Api.of(server)) {
            World.Session session = World.session(api, "Full");
            try (RoomPage anna = RoomPage.openAsHost(world.chromium(), api, Devices.both(ANNA), session.link())
                            .join();
                    Page operator = world.chromium().page(api)) {
                anna.record();
                String recording = api.newestRecording(session.id()).path("id").asText();
                plan(operator, server, NEXT_TO_NOTHING);
                Await.until("the first segment counts", Duration.ofMinutes(1), () -> fullness(api) >= 1);
                anna.pass(3, second -> true);
                assertThat(api.recording(recording).path("state").asText()).isEqualTo("recording");
                anna.stop();
                anna.waitUntilStopped();
                JsonNode ready = RecordedCall.awaitReady(api, recording);
                assertThat(ready.path("durationMillis").asLong()).isGreaterThan(10_000);
                assertThat(RecordedCall.rendition(ready, "composite")
                                .path("state")
                                .asText())
                        .isEqualTo("ready");

                anna.pressRecord();
                assertThat(anna.by("recording-failed")).containsText("storage is full");
                anna.by("recording-failed").locator("button").click();

                Await.until(
                        "the step is noted, which happens each minute",
                        Duration.ofMinutes(2),
                        () -> api.get("storage").orFail().at("/reached/percent").asInt() == 100);
                try (Page later = world.chromium().page(api)) {
                    later.navigate(at(server, "/"));
                    assertThat(later.getByTestId("storage-news")).containsText("full");
                    assertThat(later.getByTestId("storage-news")).isHidden();
                    later.waitForResponse("**/api/v1/storage", later::reload);
                    assertThat(later.getByTestId("session-row")).isVisible();
                    assertThat(later.getByTestId("storage-news")).isHidden();
                }
                operator.navigate(at(server, "/institution/storage"));
                assertThat(operator.getByTestId("storage-reached")).containsText("full");
                assertThat(operator.getByTestId("usage"))
                        .hasAttribute(
                                "data-used",
                                api.get("storage")
                                        .orFail()
                                        .at("/usage/totalBytes")
                                        .asText());
                assertThat(operator.locator("[data-testid=due-row][data-row='" + recording + " tape']"))
                        .isVisible();

                plan(operator, server, "");
                operator.navigate(at(server, "/institution/storage"));
                assertThat(operator.getByTestId("usage")).isVisible();
                assertThat(operator.getByTestId("storage-reached")).isHidden();
                anna.record();
                anna.pass(2, second -> true);
                anna.stop();
                anna.waitUntilStopped();

                hold(operator, server, recording);
            }
        }
    }

    /** Who presses Delete is told why nothing is deleted, until the hold is lifted. */
    private static void hold(Page page, Server server, String recording) {
        page.navigate(at(server, "/recordings/" + recording));
        page.getByTestId("hold-button").click();
        assertThat(page.getByTestId("on-hold")).isVisible();
        assertThat(delete(page, recording)).isEqualTo(409);
        page.reload();
        assertThat(page.getByTestId("on-hold")).containsText(Pattern.compile("nothing of it is erased"));
        page.getByTestId("hold-button").click();
        assertThat(page.getByTestId("on-hold")).isHidden();
        assertThat(delete(page, recording)).isEqualTo(200);
    }

    private static int delete(Page page, String recording) {
        return (Integer) page.evaluate(
                "path => fetch(path, { method: 'DELETE' }).then(answer => answer.status)",
                "/api/v1/recordings/" + recording);
    }

    private static double fullness(Api api) throws IOException, InterruptedException {
        return api.get("storage").orFail().path("fullness").asDouble();
    }

    /** @param gigabytes the empty text for no limit */
    private static void plan(Page page, Server server, String gigabytes) {
        page.navigate(at(server, "/organisations"));
        page.getByTestId("organisation-plan").first().click();
        page.getByTestId("plan-size").selectOption(gigabytes.isEmpty() ? "" : "other");
        if (!gigabytes.isEmpty()) {
            page.getByTestId("plan-other-size").fill(gigabytes);
        }
        page.getByTestId("plan-save").click();
        assertThat(page.getByTestId("plan-dialog")).isHidden();
    }

    private static String at(Server server, String path) {
        return server.address().resolve(path).toString();
    }
}
