package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import java.util.ArrayList;
import java.util.List;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.tape.ServerTape;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.everytake.tape.Kind;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.Malformed;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A screen that is shared: who sees it, who ends it, and what is kept of it. */
@ExtendWith(World.Resolver.class)
class ShareTest {

    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);

    @Test
    void CAP_9_aSharedScreenIsSeenByTheOthersAndOnTapeAtFullSize(World world) throws Exception {
        World.Session session = world.session("With a screen");
        int width;
        int height;
        try (RoomPage anna = world.joinAsHost(session, Devices.both(ANNA));
                RoomPage ben = world.join(session, Devices.both(BEN))) {
            anna.waitForOthers(1);
            ben.waitForOthers(1);
            anna.record();
            ben.page().evaluate(KEEP_WHAT_IS_SHARED);
            ben.by("share-button").click();
            assertThat(ben.by("sharing")).isVisible();
            Locator seen = anna.page().locator("[data-testid=screen-pane][data-name=Ben] video");
            seen.waitFor();
            anna.page()
                    .waitForFunction("() => document.querySelector('[data-testid=screen-pane] video').videoWidth > 0");
            // Its size is certain only once it was captured.
            width = ((Number) ben.page().evaluate("() => window.shared.getSettings().width")).intValue();
            height = ((Number) ben.page().evaluate("() => window.shared.getSettings().height")).intValue();
            anna.page().waitForFunction("""
                            ([width, height]) => {
                              const video = document.querySelector('[data-testid=screen-pane] video');
                              return video.videoWidth === width && video.videoHeight === height;
                            }""", List.of(width, height));
            // The camera goes on beside it, and nobody is shown their own screen.
            anna.waitForOthers(1);
            assertThat(ben.by("screen-pane")).hasCount(0);
            assertThat(anna.by("share-stop")).hasCount(0);

            ben.by("share-stop").click();
            assertThat(anna.by("screen-pane")).hasCount(0);
            ben.by("share-button").click();
            seen.waitFor();
            // As the browser's own button for it does.
            ben.page().evaluate("() => { window.shared.stop(); window.shared.onended(new Event('ended')); }");
            assertThat(anna.by("screen-pane")).hasCount(0);
            assertThat(ben.by("sharing")).hasCount(0);
            anna.stop();
            anna.waitUntilStopped();
            assertThat(anna.complaints()).isEmpty();
            assertThat(ben.complaints()).isEmpty();
        }
        JsonNode recording = world.api().newestRecording(session.id());
        RecordedCall.awaitReady(world.api(), recording.path("id").asText());
        try (RecordedTape tape = ServerTape.open(
                world.server().place().data(), recording.path("id").asText())) {
            List<RecordedTake> screens = tape.takes().stream()
                    .filter(take -> take.description().source().kind() == Kind.SCREEN)
                    .toList();
            assertThat(screens).as("a take for each time that it was shared").hasSize(2);
            List<String> sizes = sizes(screens.getFirst());
            assertThat(sizes).isNotEmpty().containsOnly(width + "x" + height);
        }
    }

    private static final String KEEP_WHAT_IS_SHARED = """
            () => {
              const ask = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
              navigator.mediaDevices.getDisplayMedia = async (wanted) => {
                const stream = await ask(wanted);
                window.shared = stream.getVideoTracks()[0];
                return stream;
              };
            }""";

    private static List<String> sizes(RecordedTake take) throws Malformed {
        List<String> sizes = new ArrayList<>();
        var view = new RtpPacket();
        for (StreamDescription stream : take.description().streams()) {
            var assembler = new FrameAssembler(VideoCodec.VP8.depacketizer(), new FrameAssembler.Listener() {
                @Override
                public void frame(VideoFrame frame) {
                    sizes.add(frame.width() + "x" + frame.height());
                }

                @Override
                public void lost(VideoLoss loss) {}
            });
            for (TapeRecord packet : take.records(stream.stream())) {
                assembler.push(view.wrap(packet.bytes(), 0, packet.bytes().length), packet.sequence());
            }
        }
        return sizes;
    }
}
