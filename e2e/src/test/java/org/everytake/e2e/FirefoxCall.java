package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Server;
import org.everytake.bench.tape.Gaps;
import org.everytake.bench.tape.ServerTape;
import org.everytake.e2e.browser.Chromium;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.FirefoxRoom;
import org.everytake.e2e.browser.RoomPage;
import org.everytake.tape.read.RecordedTape;

/**
 * A program for {@link Namespace}: a server, Anna in Chromium and Ben in Firefox. First they are recorded, then they meet
 * once in each codec that both send and play. It prints a line for each, and fails with what is not as it should be.
 */
final class FirefoxCall implements AutoCloseable {
    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);
    private static final Set<String> CODECS = Set.of("video/VP8", "video/VP9", "video/H264", "video/AV1");

    private final Path folder = Files.createTempDirectory("everytake-firefox-call");
    private final Server server;
    private final Api api;
    private final Chromium chromium;
    private final FirefoxRoom ben;

    private FirefoxCall() throws Exception {
        Server.Place free = Server.Place.in(folder);
        // Pages come by the loopback interface, which browsers trust without TLS; media does not.
        server = Server.start(free.at("0.0.0.0")
                .withEnvironment(
                        Map.of("EVERYTAKE_TRUSTED_PROXY", "127.0.0.1", "EVERYTAKE_MEDIA_ADDRESS", Namespace.ADDRESS)));
        api = Api.of(server);
        chromium = Chromium.open();
        ben = FirefoxRoom.open(Devices.both(BEN));
    }

    public static void main(String... none) throws Exception {
        try (FirefoxCall call = new FirefoxCall()) {
            System.out.println(call.chromium.version() + " and " + call.ben.version());
            call.recorded();
            call.inEachCodec();
        }
    }

    private void recorded() throws Exception {
        World.Session session = World.session(api, "Recorded");
        try (RoomPage anna = anna(session).join()) {
            meet(anna, session, "");
            anna.record();
            assertThat(BEN.hueApart(anna.hue("Ben"))).isCloseTo(0, within(20.0));
            assertThat(ANNA.hueApart(ben.hue("Anna"))).isCloseTo(0, within(20.0));
            assertThat(anna.hears("Ben", BEN.pitchHz())).as("Anna hears Ben").isTrue();
            assertThat(ben.hears(ANNA.pitchHz())).as("Ben hears Anna").isTrue();
            framesGoOn(anna);
            anna.stop();
            anna.waitUntilStopped();
            assertThat(anna.complaints()).isEmpty();
        }
        String id = api.newestRecording(session.id()).path("id").asText();
        JsonNode recording = RecordedCall.awaitReady(api, id);
        try (RecordedTape tape = ServerTape.open(server.place().data(), id)) {
            assertThat(tape.takes())
                    .extracting(take -> RecordedCall.nameOf(
                                    recording, take.description().source().person())
                            + "'s " + take.description().source().kind())
                    .containsExactlyInAnyOrder(
                            "Anna's MICROPHONE", "Anna's CAMERA", "Ben's MICROPHONE", "Ben's CAMERA");
            for (Gaps stream : Gaps.of(tape)) {
                System.out.println(stream);
            }
        }
        System.out.println("recorded");
    }

    private void inEachCodec() throws Exception {
        Set<String> both = new TreeSet<>(CODECS);
        for (String codec : both.toArray(String[]::new)) {
            World.Session session = World.session(api, codec);
            try (RoomPage anna = anna(session)) {
                both.retainAll(anna.codecs());
                both.retainAll(ben.codecs());
                if (!both.contains(codec)) {
                    System.out.println(codec + " is not of both");
                    continue;
                }
                anna.sendOnly(codec).join();
                meet(anna, session, codec);
                framesGoOn(anna);
                assertThat(anna.codecsInUse()).as("Anna's").containsExactly(codec);
                assertThat(ben.codecsInUse()).as("Ben's").containsExactly(codec);
                assertThat(BEN.hueApart(anna.hue("Ben"))).as(codec).isCloseTo(0, within(20.0));
                assertThat(ANNA.hueApart(ben.hue("Anna"))).as(codec).isCloseTo(0, within(20.0));
                System.out.println(codec + " both ways");
            }
        }
    }

    private RoomPage anna(World.Session session) {
        return RoomPage.openAsHost(chromium, api, Devices.both(ANNA), session.link());
    }

    private void meet(RoomPage anna, World.Session session, String codec) throws IOException, InterruptedException {
        ben.join(session.link(), codec);
        anna.waitForOthers(1);
        ben.waitForOthers(1);
    }

    private void framesGoOn(RoomPage anna) throws IOException, InterruptedException {
        ben.waitForFrames(ben.framesDecoded() + 20);
        anna.waitForFrames(anna.framesDecoded() + 20);
    }

    @Override
    public void close() throws IOException {
        ben.close();
        chromium.close();
        api.close();
        server.close();
        World.delete(folder);
    }
}
