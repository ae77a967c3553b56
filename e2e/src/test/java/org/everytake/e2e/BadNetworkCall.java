package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.bench.tape.ServerTape;
import org.everytake.e2e.browser.Chromium;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.FirefoxRoom;
import org.everytake.e2e.browser.RoomPage;
import org.everytake.peer.net.Conditions;
import org.everytake.peer.net.LossyRelay;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;

/**
 * A program for {@link Namespace}: Anna in Chromium and Ben in Firefox, who both send and see each other, and between them
 * and the server a network that loses and delays, from the first datagram on. It prints what is missing on tape, and fails
 * when that is too much.
 */
final class BadNetworkCall {
    private static final int SECONDS = 60;
    private static final long SEED = 1;
    private static final double LOSS = 0.05;
    private static final double MOST_MISSING = 0.005;

    /** Firefox sends no RED, and its figure is a statement: this only says that repair works at all. */
    private static final double MOST_MISSING_OF_FIREFOX = 0.02;

    /** Of pictures, for that their sender went over to a smaller layer. */
    private static final double MOST_SKIPPED = 0.05;

    private static final Conditions BAD = Conditions.PERFECT.withLoss(LOSS).withReordering(1, Duration.ofMillis(30));

    private BadNetworkCall() {}

    public static void main(String... none) throws Exception {
        Path folder = Files.createTempDirectory("everytake-bad-network");
        // Media is listened for on the loopback interface only, and told to be where the relay is.
        Server.Place place = Server.Place.in(folder)
                .withEnvironment(Map.of(
                        "EVERYTAKE_MEDIA_ADDRESS", Namespace.ADDRESS,
                        "EVERYTAKE_MEDIA_TCP", "off",
                        "EVERYTAKE_MEDIA_LOOPS", "1"));
        var overheard = new Overheard();
        try (LossyRelay relay = LossyRelay.open(
                        new InetSocketAddress(Namespace.ADDRESS, place.udpPort()),
                        new InetSocketAddress(place.host(), place.udpPort()),
                        BAD,
                        SEED,
                        overheard);
                Server server = Server.start(place);
                Api api = Api.of(server)) {
            World.Session session = World.session(api, "Bad network");
            recorded(api, session);
            System.out.println("up " + said(relay.up()) + ", down " + said(relay.down()));
            judge(server, api, session, overheard);
        } finally {
            World.delete(folder);
        }
    }

    private static void recorded(Api api, World.Session session) throws Exception {
        try (Chromium chromium = Chromium.open();
                FirefoxRoom ben = FirefoxRoom.open(Devices.both(TestCard.browser(1)));
                RoomPage anna = RoomPage.openAsHost(chromium, api, Devices.both(TestCard.browser(0)), session.link())) {
            System.out.println(chromium.version() + " is Anna, and " + ben.version() + " is Ben");
            anna.join();
            ben.join(session.link(), "");
            anna.waitForOthers(1);
            ben.waitForOthers(1);
            // A handshake over this network may take longer than Record waits for the first packet.
            anna.waitUntilMoving("Ben");
            anna.record();
            anna.pass(SECONDS, second -> true);
            anna.stop();
            anna.waitUntilStopped();
        }
    }

    private static String said(LossyRelay.Traffic traffic) {
        double share = (double) traffic.lost() / traffic.sent();
        assertThat(share).as("what the network lost").isCloseTo(LOSS, within(0.01));
        return String.format(Locale.ROOT, "%.2f %% of %d datagrams lost", 100 * share, traffic.sent());
    }

    private static void judge(Server server, Api api, World.Session session, Overheard overheard) throws Exception {
        String id = api.newestRecording(session.id()).path("id").asText();
        Await.until(
                "the tape is whole",
                Duration.ofMinutes(1),
                () -> !api.recording(id).path("state").asText().equals("stopping"));
        JsonNode recording = api.recording(id);
        try (RecordedTape tape = ServerTape.open(server.place().data(), id)) {
            assertThat(tape.takes()).as("one of each source").hasSize(4);
            Map<String, Kept> figures = new TreeMap<>();
            for (RecordedTake take : tape.takes()) {
                String whose = RecordedCall.nameOf(
                        recording, take.description().source().person());
                figures.put(whose + "'s " + take.description().source().kind(), Kept.of(take, overheard));
            }
            figures.forEach((what, kept) -> System.out.println(what + ": " + kept));
            assertThat(tape.takes())
                    .as("whose sound has redundancy")
                    .filteredOn(TapedFrames::hasRed)
                    .extracting(take -> RecordedCall.nameOf(
                            recording, take.description().source().person()))
                    .containsExactly("Anna");
            figures.forEach((what, kept) -> {
                // A busy machine encodes fewer pictures, and Firefox' clock without a sound card is slow.
                assertThat(kept.sent()).as(what).isGreaterThan(SECONDS * (what.endsWith("CAMERA") ? 8 : 30));
                assertThat(kept.share())
                        .as(what)
                        .isLessThanOrEqualTo(what.startsWith("Anna") ? MOST_MISSING : MOST_MISSING_OF_FIREFOX);
                assertThat((double) kept.skipped() / kept.sent()).as(what).isLessThanOrEqualTo(MOST_SKIPPED);
            });
        }
    }
}
