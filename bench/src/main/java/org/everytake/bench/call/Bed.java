package org.everytake.bench.call;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run stands on.
 *
 * @param janus where its parts are; null if it cannot be measured here
 * @param whyNoJanus a sentence, if so
 * @param scratch a folder that is thrown away
 */
record Bed(
        Place place,
        @Nullable Path janus,
        String whyNoJanus,
        Path scratch,
        LoadClip.Codec codec,
        Extent extent,
        Consumer<String> progress) {

    /** Publishers of a room: as many as a class has. */
    static final int ROOM_SIZE = 10;

    /** Starts Everytake on an empty folder. */
    EverytakeSubject startEverytake(List<String> launcher) throws IOException, InterruptedException, TimeoutException {
        return EverytakeSubject.start(place, launcher, Files.createTempDirectory(scratch, "everytake"));
    }

    /** Starts Janus on an empty folder. */
    JanusSubject startJanus() throws IOException, InterruptedException, TimeoutException {
        if (janus == null) {
            throw new IllegalStateException(whyNoJanus);
        }
        Path folder = Files.createTempDirectory(scratch, "janus");
        return new JanusSubject(Janus.start(janus, place, List.of(), folder), place);
    }

    /** The load for a server, of which nobody has joined yet. */
    Generator load(Subject subject, List<String> launcher) throws IOException {
        return subject.load(launcher, codec, ROOM_SIZE);
    }

    void say(String sentence) {
        progress.accept(sentence);
    }

    /** Measures, and says what was seen. */
    Reading read(Subject subject, Generator load, double seconds) throws IOException, InterruptedException {
        Reading reading = Reading.take(subject, load, seconds);
        say(reading.line(subject));
        return reading;
    }

    /** Of an odd number of values the middle one, of an even the mean of two. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
