package org.everytake.bench.kill;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.everytake.bench.Figure;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.room.CardClips;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.bench.server.ThrowAwayFolder;
import org.everytake.peer.clip.Clip;

/** One run, on one data folder that is thrown away, in which the recordings gather. Runs on the thread that calls it. */
final class KillRun {

    private static final int PUBLISHERS = 4;
    private static final int CLIP_SECONDS = 45;
    private static final double SHORTEST_SECONDS = 1;
    private static final double LONGEST_SECONDS = 8;
    private static final double MOST_LOST_SECONDS = 0.5;
    private static final double RECOVERY_SECONDS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<String> ENDS = Set.of("ready", "failed");

    private final int times;
    private final Consumer<String> progress;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private final List<Double> lost = new ArrayList<>();
    private final List<Double> recoveries = new ArrayList<>();
    private final List<Double> starts = new ArrayList<>();
    private int notOnTape;
    private int changed;
    private int unfinished;
    private long missing;

    KillRun(int times, Consumer<String> progress) {
        this.times = times;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, InterruptedException, TimeoutException {
        progress.accept("Preparing a clip.");
        Clip clip = CardClips.inCache(CLIP_SECONDS).get(TestCard.clip(0));
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-bench-kill")) {
            Server.Place place = Server.Place.in(folder.path()).withoutGoingOn();
            Server server = Server.start(place);
            try {
                for (int time = 1; time <= times; time++) {
                    server = round(server, Collections.nCopies(PUBLISHERS, clip), time);
                }
            } finally {
                server.close();
            }
        }
        return figures();
    }

    /** Returns the server that runs afterwards. */
    private Server round(Server server, List<Clip> clips, int time)
            throws IOException, InterruptedException, TimeoutException {
        Server.Place place = server.place();
        double seconds = random.nextDouble(SHORTEST_SECONDS, LONGEST_SECONDS);
        KilledRecording killed;
        try (Api api = Api.of(server)) {
            killed = KilledRecording.make(server, api, clips, seconds, random);
        }
        lost.add(killed.lostSeconds());
        missing += killed.missing();
        recoveries.add(SpoolCopy.recoverySeconds(place.data()));

        Server first = Server.start(place);
        starts.add(first.startTook().toMillis() / 1000.0);
        Map<String, String> once = SpoolCopy.picture(place.data());
        first.kill();
        Server second = Server.start(place);
        changed += once.equals(SpoolCopy.picture(place.data())) ? 0 : 1;
        notOnTape += killed.shown() && once.keySet().stream().noneMatch(name -> name.startsWith(killed.id())) ? 1 : 0;
        unfinished += finishes(second, killed.id()) ? 0 : 1;
        progress.accept(String.format(
                Locale.ROOT,
                "%d of %d, killed after %.1f s: %.3f s lost at most, recovered in %.3f s, answering after %.1f s.",
                time,
                times,
                seconds,
                killed.lostSeconds(),
                recoveries.getLast(),
                starts.getLast()));
        return second;
    }

    private static boolean finishes(Server server, String recording)
            throws IOException, InterruptedException, TimeoutException {
        try (Api api = Api.of(server)) {
            Await.until(
                    "the recording is finished",
                    PATIENCE,
                    () -> ENDS.contains(api.recording(recording).path("state").asText()));
            return api.recording(recording).path("state").asText().equals("ready");
        }
    }

    private List<Figure> figures() {
        double worst = Collections.max(lost);
        double slowest = Collections.max(recoveries);
        Collections.sort(starts);
        return List.of(
                Figure.of(
                        "kill -9: newest packet sent less newest on tape, worst stream of " + times + " kills, s",
                        worst,
                        "at most 0.5",
                        worst <= MOST_LOST_SECONDS),
                none("recordings that were shown as running and have no tape", notOnTape),
                none("sequence numbers missing between the first and the last on tape", missing),
                Figure.of("recovery of the spool, slowest, s", slowest, "at most 2", slowest <= RECOVERY_SECONDS),
                none("second starts that changed the spool", changed),
                none("recordings that did not become ready by themselves", unfinished),
                Figure.of(
                        "from the start of the process to its answer after a kill, median, s",
                        starts.get(starts.size() / 2),
                        "anything",
                        true));
    }

    private static Figure none(String what, long count) {
        return Figure.of(what, count, "0", count == 0);
    }
}
