package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.everytake.bench.measure.Beeps;
import org.everytake.bench.measure.Probe;
import org.everytake.bench.measure.Samples;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.bench.tape.ServerTape;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.everytake.tape.Kind;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of which only sound is recorded: what is seen, what is asked for, and what is kept. */
@ExtendWith(World.Resolver.class)
class ModesTest {

    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);
    private static final int SECONDS = 8;

    @TempDir
    Path folder;

    @Test
    void CAP_3_camerasAreShownAndOnlySoundIsRecorded(World world) throws Exception {
        World.Session session = world.session("Shown only", "audio-show-video");
        try (RoomPage anna = RoomPage.openAsHost(world.chromium(), world.api(), Devices.both(ANNA), session.link());
                RoomPage ben = RoomPage.open(world.chromium(), Devices.both(BEN), session.link())) {
            soon(ben.by("join-mode")).hasText("Everybody is seen and heard, and only sound is recorded.");
            anna.join();
            ben.join();
            anna.waitForOthers(1);
            ben.waitForOthers(1);
            soon(anna.by("room-mode")).hasText("Sound; video is only shown");
            soon(ben.by("room-mode")).hasText("Sound; video is only shown");
            record(anna, ben);
            // They are still seen while only sound is recorded.
            anna.waitForOthers(1);
            assertThat(anna.complaints()).isEmpty();
        }
        JsonNode recording = recorded(world, session);
        onlySoundIsOnTape(world, recording);
        onlySoundIsMade(world, recording);
        thePageSaysSo(world, recording, "Sound; video is only shown");
    }

    @Test
    void CAP_3_whereThereIsNoVideoNobodyIsAskedForACamera(World world) throws Exception {
        World.Session session = world.session("Voices", "audio-no-video");
        try (RoomPage anna = RoomPage.openAsHost(world.chromium(), world.api(), Devices.both(ANNA), session.link());
                RoomPage ben = RoomPage.open(world.chromium(), Devices.both(BEN), session.link())) {
            soon(ben.by("join-mode")).hasText("There are no cameras in the session.");
            soon(ben.by("preview-microphone")).isVisible();
            assertThat(ben.by("preview-camera")).isHidden();
            assertThat(ben.by("camera-select")).isHidden();
            anna.join();
            ben.join();
            soon(ben.by("room-mode")).hasText("Sound, no video");
            assertThat(anna.hears("Ben", BEN.pitchHz())).isTrue();
            assertThat(ben.hears("Anna", ANNA.pitchHz())).isTrue();
            assertThat(ben.by("camera-button")).isHidden();
            assertThat(ben.page().locator("[data-testid=pane] video")).hasCount(0);
            ben.by("devices-button").click();
            soon(ben.by("microphone-select")).isVisible();
            assertThat(ben.by("camera-select")).isHidden();
            ben.page().keyboard().press("Escape");
            record(anna, ben);
            assertThat(anna.askedForCamera()).isFalse();
            assertThat(ben.askedForCamera()).isFalse();
            assertThat(anna.complaints()).isEmpty();
        }
        JsonNode recording = recorded(world, session);
        onlySoundIsOnTape(world, recording);
        onlySoundIsMade(world, recording);
        thePageSaysSo(world, recording, "Sound, no video");
    }

    private static LocatorAssertions soon(Locator locator) {
        locator.first().waitFor();
        return assertThat(locator);
    }

    private static void record(RoomPage host, RoomPage other) {
        host.record();
        other.pass(SECONDS, second -> true);
        host.stop();
        host.waitUntilStopped();
    }

    private static JsonNode recorded(World world, World.Session session) throws Exception {
        String id = world.api().newestRecording(session.id()).path("id").asText();
        return RecordedCall.awaitReady(world.api(), id);
    }

    private static void onlySoundIsOnTape(World world, JsonNode recording) throws Exception {
        String id = recording.path("id").asText();
        try (RecordedTape tape = ServerTape.open(world.server().place().data(), id)) {
            assertThat(tape.takes())
                    .extracting(take -> RecordedCall.nameOf(
                            recording, take.description().source().person()))
                    .contains("Anna", "Ben");
            for (RecordedTake take : tape.takes()) {
                assertThat(take.description().source().kind()).isEqualTo(Kind.MICROPHONE);
                assertThat(take.description().codecs())
                        .allSatisfy(codec -> assertThat(codec.name()).isIn("opus", "red", "PCMU", "PCMA"));
                List<Integer> sound = take.description().codecs().stream()
                        .map(codec -> codec.payloadType())
                        .toList();
                for (StreamDescription stream : take.description().streams()) {
                    for (TapeRecord packet : take.records(stream.stream())) {
                        assertThat(packet.bytes()[1] & 0x7F).isIn(sound);
                    }
                }
            }
        }
    }

    private void onlySoundIsMade(World world, JsonNode recording) throws IOException, InterruptedException {
        assertThat(recording.path("renditions"))
                .extracting(rendition -> rendition.path("kind").asText())
                .containsExactlyInAnyOrder("mix", "participant-sound", "participant-sound", "raw");
        for (JsonNode rendition : recording.path("renditions")) {
            if (rendition.path("kind").asText().equals("raw")) {
                continue;
            }
            assertThat(rendition.path("contentType").asText()).isEqualTo("audio/mpeg");
            Path file = folder.resolve(rendition.path("id").asText() + ".mp3");
            world.api().download(Api.content(recording, rendition), file);
            Probe probe = Probe.of(file);
            assertThat(probe.format()).isEqualTo("mp3");
            assertThat(probe.streams()).hasSize(1);
            if (rendition.path("kind").asText().equals("mix")) {
                Samples heard = Samples.read(file);
                assertThat(Beeps.onsets(heard, ANNA.pitchHz())).isNotEmpty();
                assertThat(Beeps.onsets(heard, BEN.pitchHz())).isNotEmpty();
            }
        }
    }

    private static void thePageSaysSo(World world, JsonNode recording, String mode) {
        try (Page page = world.chromium().page(world.api())) {
            page.navigate(world.server()
                    .address()
                    .resolve("/recordings/" + recording.path("id").asText())
                    .toString());
            soon(page.getByTestId("recording-mode")).hasText(mode);
            Locator player = page.getByTestId("player");
            player.evaluate("player => { player.muted = true; return player.play(); }");
            page.waitForFunction("() => document.querySelector('[data-testid=player]').currentTime > 0.5");
            assertThat(page.locator("[data-testid=rendition]")).hasCount(4);
            assertThat(page.locator("[data-testid=rendition][data-kind=composite]"))
                    .hasCount(0);
            assertThat(page.locator("[data-testid=rendition][data-kind=participant]"))
                    .hasCount(0);
            assertThat(page.getByTestId("download-button")).isVisible();
        }
    }
}
