package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.everytake.bench.measure.Probe;
import org.everytake.bench.measure.Synchrony;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.bench.tape.ServerTape;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.everytake.tape.Kind;
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
import org.junit.jupiter.api.io.TempDir;

/** A real browser sends layers within one stream (scalable video coding); who sees it small gets fewer of them. */
@ExtendWith(World.Resolver.class)
class ScalableTest {
    private static final int PATIENCE_MILLIS = 120_000;

    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);

    /** Pictures are sent in one stream with layers within. */
    private static final String SEND_LAYERS_WITHIN = """
            const add = RTCPeerConnection.prototype.addTransceiver;
            RTCPeerConnection.prototype.addTransceiver = function (track, init) {
              const picture = track.kind === 'video';
              const sendEncodings = [{ scalabilityMode: '%s', maxFramerate: 10 }];
              const transceiver = add.call(this, track, picture ? { ...init, sendEncodings } : init);
              if (picture) {
                const extensions = transceiver.getHeaderExtensionsToNegotiate();
                extensions.filter((one) => one.uri.includes('dependency-descriptor'))
                  .forEach((one) => { one.direction = 'sendrecv'; });
                transceiver.setHeaderExtensionsToNegotiate(extensions);
              }
              return transceiver;
            };
            """;

    /** The page says that it shows pictures with so many lines, whatever it does; and again when that is changed. */
    private static final String SHOW_LINES = """
            window.lines = 180;
            const send = WebSocket.prototype.send;
            const change = (message) => ({
              ...message, tracks: message.tracks.map((one) => ({ ...one, height: window.lines })) });
            WebSocket.prototype.send = function (text) {
              if (typeof text !== 'string' || !text.includes('"view"')) return send.call(this, text);
              const message = JSON.parse(text);
              if (message.type !== 'view') return send.call(this, text);
              window.showLines = (lines) => {
                window.lines = lines;
                send.call(this, JSON.stringify(change(message)));
              };
              return send.call(this, JSON.stringify(change(message)));
            };
            """;

    /** How wide the pictures are that are sent: a browser that is short of power or room sends smaller ones. */
    private static final String SENT_WIDTH = """
            async () => {
              let width = 0;
              for (const connection of window.connections) {
                for (const report of (await connection.getStats()).values()) {
                  if (report.type === 'outbound-rtp' && report.kind === 'video') width = report.frameWidth ?? 0;
                }
              }
              return width;
            }""";

    /** How wide the pictures are that have been decoded for twenty of them; 0 while that changes. */
    private static final String DECODED_WIDTH = """
            async () => {
              const seen = (window.seen ??= { width: 0, frames: 0 });
              for (const connection of window.connections) {
                for (const report of (await connection.getStats()).values()) {
                  if (report.type !== 'inbound-rtp' || report.kind !== 'video' || !report.framesDecoded) continue;
                  if (report.frameWidth !== seen.width) {
                    seen.width = report.frameWidth;
                    seen.frames = report.framesDecoded;
                  }
                  if (report.framesDecoded > seen.frames + 20) return seen.width;
                }
              }
              return 0;
            }""";

    private static final String LOSSES = """
            async () => {
              const all = [];
              for (const connection of window.connections) {
                for (const report of (await connection.getStats()).values()) {
                  if (report.type === 'inbound-rtp' && report.kind === 'video') {
                    all.push(report.packetsLost + report.nackCount);
                  }
                }
              }
              return all.reduce((sum, one) => sum + one, 0);
            }""";

    @TempDir
    Path folder;

    @Test
    void CAP_3_ofVp9WithLayersWithinASmallPictureGetsTheLowerOnes(World world) throws Exception {
        RoomPage ben = seenSmallAndLarge(world, "video/VP9", VideoCodec.VP9, "L3T3_KEY");
        assertThat(ben.complaints()).isEmpty();
    }

    @Test
    void CAP_3_ofAv1WithLayersWithinToo(World world) throws Exception {
        RoomPage ben = seenSmallAndLarge(world, "video/AV1", VideoCodec.AV1, "L3T3_KEY");
        assertThat(ben.complaints()).isEmpty();
    }

    private RoomPage seenSmallAndLarge(World world, String mimeType, VideoCodec codec, String mode) throws Exception {
        World.Session session = world.session(mimeType + " " + mode);
        Devices annas = Devices.both(ANNA).withCameraHeight(720);
        Page annasPage = world.chromium().page(annas, world.api());
        annasPage.addInitScript(SEND_LAYERS_WITHIN.formatted(mode));
        Page bensPage = world.chromium().page(Devices.none(BEN));
        bensPage.addInitScript(SHOW_LINES);
        try (RoomPage anna = RoomPage.open(annasPage, annas, session.link());
                RoomPage ben = RoomPage.open(bensPage, Devices.none(BEN), session.link())) {
            anna.sendOnly(mimeType).join();
            ben.join();
            ben.waitForOthers(1);
            seesAFraction(anna, ben);
            bensPage.evaluate("() => window.showLines(720)");
            patiently(
                    bensPage,
                    () -> width(bensPage, DECODED_WIDTH) > 320
                            && width(bensPage, DECODED_WIDTH) == width(annasPage, SENT_WIDTH));
            assertThat(ANNA.hueApart(ben.hue("Anna"))).isCloseTo(0, within(20.0));
            bensPage.evaluate("() => window.showLines(180)");
            seesAFraction(anna, ben);
            anna.record();
            ben.waitForFrames(ben.framesDecoded() + 30);
            assertThat((Integer) bensPage.evaluate(LOSSES)).as("gaps").isZero();
            anna.stop();
            anna.waitUntilStopped();
            isOnTape(world, session, codec);
            return ben;
        }
    }

    /** Less than what is sent, but whole. */
    private static void seesAFraction(RoomPage anna, RoomPage ben) {
        patiently(ben.page(), () -> {
            int seen = width(ben.page(), DECODED_WIDTH);
            return seen > 0 && seen <= 320 && seen < width(anna.page(), SENT_WIDTH);
        });
        assertThat(ANNA.hueApart(ben.hue("Anna"))).isCloseTo(0, within(20.0));
    }

    private static void patiently(Page page, BooleanSupplier condition) {
        page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static int width(Page page, String script) {
        return (Integer) page.evaluate(script);
    }

    /** All layers of all pictures. */
    private void isOnTape(World world, World.Session session, VideoCodec codec) throws Exception {
        String id = world.api().newestRecording(session.id()).path("id").asText();
        JsonNode ready = RecordedCall.awaitReady(world.api(), id);
        List<VideoFrame> frames = new ArrayList<>();
        List<VideoLoss> losses = new ArrayList<>();
        var assembler = new FrameAssembler(codec.depacketizer(), new FrameAssembler.Listener() {
            @Override
            public void frame(VideoFrame frame) {
                frames.add(frame);
            }

            @Override
            public void lost(VideoLoss loss) {
                losses.add(loss);
            }
        });
        try (RecordedTape tape = ServerTape.open(world.server().place().data(), id)) {
            for (RecordedTake take : tape.takes()) {
                if (take.description().source().kind() == Kind.CAMERA) {
                    for (TapeRecord record : (Iterable<TapeRecord>) take.records()::iterator) {
                        assembler.push(packet(record), record.sequence());
                    }
                }
            }
        }
        List<VideoFrame> whole = frames.subList(
                frames.indexOf(
                        frames.stream().filter(VideoFrame::keyFrame).findFirst().orElseThrow()),
                frames.size());
        assertThat(whole).hasSizeGreaterThan(20).allMatch(frame -> frame.width() > 320);
        assertThat(losses)
                .allMatch(loss -> loss.lastSequence() < whole.getFirst().firstSequence());
        Path file = folder.resolve(codec + ".mov");
        world.api().download(Api.content(ready, RecordedCall.rendition(ready, "participant")), file);
        assertThat(Probe.of(file).video().height()).isGreaterThan(180);
        Synchrony seen = Synchrony.measure(file, List.of(ANNA)).getFirst();
        assertThat(seen.clockShare())
                .as("pictures that show when they were taken")
                .isGreaterThan(0.5);
    }

    private static RtpPacket packet(TapeRecord record) throws IOException {
        try {
            return new RtpPacket().wrap(record.bytes(), 0, record.bytes().length);
        } catch (Malformed e) {
            throw new IOException(e);
        }
    }
}
