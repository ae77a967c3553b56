package org.everytake.bench.first;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.everytake.bench.Figure;
import org.everytake.bench.kill.KilledRecording;
import org.everytake.bench.measure.Synchrony;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.room.CardClips;
import org.everytake.bench.room.Participant;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.bench.server.ThrowAwayFolder;
import org.everytake.bench.tape.Gaps;
import org.everytake.bench.tape.ServerTape;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;
import org.everytake.tape.read.RecordedTape;

/** One run, in an empty folder that is thrown away. Runs on the thread that calls it. */
final class FirstRun {

    /** The second participant's clock: this far ahead and this much too fast. */
    private static final Duration CLOCK_OFFSET = Duration.ofSeconds(3);

    private static final double CLOCK_SKEW_PPM = 100;
    /** What of a clip may be played before anything is recorded. */
    private static final int JOINING_SECONDS = 30;

    private static final TestCard TRUE = TestCard.clip(0);
    private static final TestCard SKEWED = TestCard.clip(1);

    private final First.Extent extent;
    private final Consumer<String> progress;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private final List<Figure> figures = new ArrayList<>();

    FirstRun(First.Extent extent, Consumer<String> progress) {
        this.extent = extent;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, InterruptedException, TimeoutException {
        CardClips clips = CardClips.inCache(extent.seconds() + JOINING_SECONDS);
        progress.accept("Preparing clips.");
        Clip clip = clips.get(TRUE);
        Clip skewed = clips.get(SKEWED);
        try (ThrowAwayFolder scratch = ThrowAwayFolder.create("everytake-bench")) {
            Server.Place place = Server.Place.in(scratch.path()).withoutGoingOn();
            try (Server server = Server.start(place);
                    Api api = Api.of(server)) {
                synchrony(server, api, clip, skewed, scratch.path());
            }
            starts(place);
            kills(place, clip, skewed);
            return figures;
        }
    }

    private void synchrony(Server server, Api api, Clip clip, Clip skewedClip, Path scratch)
            throws IOException, InterruptedException, TimeoutException {
        progress.accept("Recording two Java participants for " + extent.seconds() + " s.");
        String session = api.createSession("Bench").path("id").asText();
        long clipStart = System.nanoTime();
        String recording;
        PeerOptions skewedOptions = PeerOptions.of(SKEWED.name(), random.nextLong())
                .withClock(CLOCK_OFFSET, CLOCK_SKEW_PPM)
                .withClipStart(clipStart);
        try (Participant first = Participant.join(api, session, options(TRUE, clipStart), clip);
                Participant second = Participant.join(api, session, skewedOptions, skewedClip)) {
            recording =
                    api.startRecording(session, first.room().pass()).path("id").asText();
            Await.pass(extent.seconds());
            api.stopRecording(recording, first.room().pass());
            missing(server, recording, second.peer().log().size());
        }
        Path composite = composite(api, recording, scratch);
        progress.accept("Measuring the composite.");
        List<Synchrony> seen = Synchrony.measure(composite, List.of(TRUE, SKEWED));
        if (seen.size() < 2) {
            throw new IOException("Only " + seen.size() + " of 2 participants are in the composite");
        }
        figures.addAll(SyncFigures.of(
                new PeerClocks(TRUE, clipStart, 0),
                seen.get(0),
                new PeerClocks(SKEWED, clipStart, CLOCK_SKEW_PPM),
                seen.get(1)));
    }

    private PeerOptions options(TestCard card, long clipStart) {
        return PeerOptions.of(card.name(), random.nextLong()).withClipStart(clipStart);
    }

    private static Path composite(Api api, String recording, Path scratch)
            throws IOException, InterruptedException, TimeoutException {
        Await.until("the recording is ready", Duration.ofMinutes(2), () -> {
            JsonNode now = api.recording(recording);
            if (now.path("state").asText().equals("failed")) {
                throw new IOException(
                        "The recording failed: " + now.path("failure").asText());
            }
            return now.path("state").asText().equals("ready");
        });
        JsonNode ready = api.recording(recording);
        Path file = scratch.resolve("composite.mp4");
        for (JsonNode rendition : ready.path("renditions")) {
            if (rendition.path("kind").asText().equals("composite")) {
                api.download(Api.content(ready, rendition), file);
            }
        }
        return file;
    }

    private void missing(Server server, String recording, int sent) throws IOException {
        long missing = 0;
        long records = 0;
        try (RecordedTape tape = ServerTape.open(server.place().data(), recording)) {
            for (Gaps gaps : Gaps.of(tape)) {
                missing += gaps.missing();
                records += gaps.records();
            }
        }
        progress.accept(records + " packets are on tape.");
        figures.add(Figure.of(
                "sequence numbers missing on tape, lossless network",
                records == 0 || sent == 0 ? Double.NaN : missing,
                "0",
                missing == 0));
    }

    private void starts(Server.Place place) throws IOException, InterruptedException {
        progress.accept("Starting the server again.");
        double[] seconds = new double[extent.starts()];
        for (int i = 0; i < seconds.length; i++) {
            try (Server server = Server.start(place)) {
                seconds[i] = server.startTook().toMillis() / 1000.0;
            }
        }
        double median = DoubleStream.of(seconds)
                .sorted()
                .skip(seconds.length / 2)
                .findFirst()
                .orElse(Double.NaN);
        figures.add(Figure.of("serve to answering, second start, s", median, "at most 5", median <= 5));
    }

    private void kills(Server.Place place, Clip clip, Clip other)
            throws IOException, InterruptedException, TimeoutException {
        double worst = 0;
        for (int i = 1; i <= extent.kills(); i++) {
            progress.accept("Killing the server in mid-recording, " + i + " of " + extent.kills() + ".");
            worst = Math.max(worst, kill(place, clip, other));
        }
        figures.add(Figure.of(
                "kill -9: newest packet received minus newest on tape, worst take of " + extent.kills() + " kills, s",
                worst,
                "at most 0.5",
                worst <= 0.5));
    }

    /** Seconds lost of the take that lost most. */
    private double kill(Server.Place place, Clip clip, Clip other)
            throws IOException, InterruptedException, TimeoutException {
        try (Server server = Server.start(place);
                Api api = Api.of(server)) {
            KilledRecording killed =
                    KilledRecording.make(server, api, List.of(clip, other), random.nextDouble(4, 7), random);
            progress.accept(String.format(Locale.ROOT, "  %.3f s lost at most.", killed.lostSeconds()));
            return killed.lostSeconds();
        }
    }
}
