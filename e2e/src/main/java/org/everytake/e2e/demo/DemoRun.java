package org.everytake.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.bench.server.ThrowAwayFolder;
import org.everytake.e2e.browser.Chromium;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;

/** One run of the demo, from an empty folder to a report. Runs on the thread that calls it. */
final class DemoRun {

    private final int seconds;
    private final List<TestCard> cards;
    private final Path out;
    private final Progress progress;

    DemoRun(int seconds, int participants, Path out, Progress progress) {
        this.seconds = seconds;
        this.cards =
                IntStream.range(0, participants).mapToObj(TestCard::browser).toList();
        this.out = out;
        this.progress = progress;
    }

    /** What is known of the recording when Stop has been pressed. */
    private record Stopped(long pressedNanos, List<Double> clockSeconds, String browser) {}

    DemoReport run() throws IOException, InterruptedException, TimeoutException {
        Files.createDirectories(out);
        progress.say("Starting a throw-away server.");
        try (ThrowAwayFolder scratch = ThrowAwayFolder.create("everytake-demo");
                Server server = Server.start(Server.Place.in(scratch.path()));
                Api api = Api.of(server)) {
            progress.say(String.format(Locale.ROOT, "It answers after %.1f s.", seconds(server.startTook())));
            JsonNode session = api.createSession("Demo");
            Stopped stopped = record(api, URI.create(session.path("link").asText()));
            String id =
                    api.newestRecording(session.path("id").asText()).path("id").asText();
            return finish(api, id, stopped);
        }
    }

    /** The participants come, one of them records, all go. */
    private Stopped record(Api api, URI link) throws IOException {
        List<RoomPage> rooms = new ArrayList<>();
        try (Chromium chromium = Chromium.open()) {
            for (TestCard card : cards) {
                progress.say(card.name() + " opens the link and joins.");
                Devices devices = Devices.both(card);
                RoomPage room = rooms.isEmpty()
                        ? RoomPage.openAsHost(chromium, api, devices, link)
                        : RoomPage.open(chromium, devices, link);
                rooms.add(room.join());
            }
            for (RoomPage room : rooms) {
                room.waitForOthers(cards.size() - 1);
            }
            progress.say("Everybody sees everybody. " + cards.getFirst().name() + " presses Record.");
            RoomPage host = rooms.getFirst();
            host.record();
            host.pass(seconds, second -> {
                progress.update("Recording, " + second + " of " + seconds + " s.");
                return host.recording();
            });
            if (!host.recording()) {
                throw new IOException("The room says that it is no longer recorded.");
            }
            List<Double> clocks = new ArrayList<>();
            for (RoomPage room : rooms.subList(1, rooms.size())) {
                clocks.add(room.clockSeconds());
            }
            long before = System.nanoTime();
            clocks.addFirst(host.stop());
            long pressed = System.nanoTime();
            // The others' clocks were read a moment earlier; all run at the same rate.
            for (int i = 1; i < clocks.size(); i++) {
                clocks.set(i, clocks.get(i) + (pressed - before) / 1e9);
            }
            progress.say(cards.getFirst().name() + " has pressed Stop after " + seconds + " s.");
            host.waitUntilStopped();
            return new Stopped(pressed, clocks, chromium.version());
        }
    }

    /** Waits for what is made of the recording, saves and judges it. */
    private DemoReport finish(Api api, String id, Stopped stopped)
            throws IOException, InterruptedException, TimeoutException {
        double[] compositeReady = {Double.NaN};
        Await.until("everything is rendered", Duration.ofSeconds(120 + 5L * seconds * cards.size()), () -> {
            JsonNode recording = api.recording(id);
            StringBuilder line = new StringBuilder("Rendering:");
            boolean done = !recording.path("renditions").isEmpty();
            for (JsonNode rendition : recording.path("renditions")) {
                String state = rendition.path("state").asText();
                line.append(' ').append(rendition.path("name").asText()).append(' ');
                line.append(Math.round(rendition.path("progress").asDouble() * 100))
                        .append(" %,");
                if (state.equals("failed")) {
                    throw new IOException(rendition.path("name").asText() + " could not be made: "
                            + rendition.path("failure").asText());
                }
                if (rendition.path("kind").asText().equals("composite")
                        && state.equals("ready")
                        && Double.isNaN(compositeReady[0])) {
                    compositeReady[0] = (System.nanoTime() - stopped.pressedNanos()) / 1e9;
                    progress.say(
                            String.format(Locale.ROOT, "The composite is ready %.1f s after Stop.", compositeReady[0]));
                }
                done &= state.equals("ready");
            }
            progress.update(line.substring(0, line.length() - 1));
            return done;
        });
        JsonNode recording = api.recording(id);
        List<Path> files = download(api, recording);
        progress.say("Everything is made and saved. Measuring.");
        return new DemoJudge(cards, seconds)
                .judge(recording, files, compositeReady[0], stopped.clockSeconds(), stopped.browser());
    }

    /** Saves every file; those with a picture are judged, the composite first. */
    private List<Path> download(Api api, JsonNode recording) throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        for (JsonNode rendition : recording.path("renditions")) {
            String kind = rendition.path("kind").asText();
            Path file = out.resolve(fileName(recording, rendition));
            api.download(Api.content(recording, rendition), file);
            if (kind.equals("composite")) {
                files.addFirst(file);
            } else if (kind.equals("participant")) {
                files.add(file);
            }
        }
        api.download("recordings/" + recording.path("id").asText() + "/manifest", out.resolve("manifest.json"));
        return files;
    }

    private static String fileName(JsonNode recording, JsonNode rendition) throws IOException {
        String kind = rendition.path("kind").asText();
        return switch (kind) {
            case "composite" -> "composite.mp4";
            case "participant" -> person(recording, rendition.path("person").asText()) + ".mov";
            case "mix" -> "mix.mp3";
            case "raw" -> "raw.tar.gz";
            case "participant-sound" ->
                person(recording, rendition.path("person").asText()) + ".mp3";
            default -> throw new IOException("Nobody knows a file of the kind " + kind);
        };
    }

    private static String person(JsonNode recording, String id) throws IOException {
        for (JsonNode person : recording.path("people")) {
            if (person.path("person").asText().equals(id)) {
                return person.path("name").asText();
            }
        }
        throw new IOException("A rendition is of " + id + ", who is not among the recording's people");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
