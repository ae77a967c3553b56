package org.everytake.render.clock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes the {@link ClockMap} of every stream of a recording that still goes on. What a map once said of a time that was
 * settled every later map says, too: where new reports tell that it was wrong, the line bends towards what they say, by at
 * most 500 ppm, and never steps. One thread.
 *
 * <p>The best guess at each moment is that of {@link ClockMaps} from what has come so far. It is worth little before a
 * stream's first reports have come, and is good soon after: who settles time does so some seconds behind the newest packet.
 */
public final class CausalClocks {
    private static final long RECENT_NANOS = 600_000_000_000L;

    private final List<Course> courses = new ArrayList<>();

    /**
     * The maps as far as can be told by now.
     *
     * @param streams all that there are, those that were there before at the same places
     * @param untilNanos session time before which all is settled from now on; rises from call to call
     */
    public List<ClockMap> settle(List<StreamClock> streams, long leastRoundTripNanos, long untilNanos) {
        while (courses.size() < streams.size()) {
            courses.add(new Course());
        }
        List<Integer> going = IntStream.range(0, streams.size())
                .filter(i -> !courses.get(i).wasOverBefore(streams.get(i), untilNanos - RECENT_NANOS))
                .boxed()
                .toList();
        List<ClockMap> guesses =
                ClockMaps.of(going.stream().map(i -> recent(streams.get(i))).toList(), leastRoundTripNanos);
        for (int i = 0; i < going.size(); i++) {
            int stream = going.get(i);
            courses.get(stream).settle(guesses.get(i), streams.get(stream).arrivals(), untilNanos);
        }
        return courses.stream().map(Course::map).toList();
    }

    /** What is old tells nothing more, and a session of a day has a great many reports. */
    private static StreamClock recent(StreamClock stream) {
        List<Report> reports = stream.reports();
        int first = 0;
        while (first < reports.size()
                && reports.get(first).arrivalNanos() < reports.getLast().arrivalNanos() - RECENT_NANOS) {
            first++;
        }
        return new StreamClock(
                stream.sender(), stream.arrivals().recent(RECENT_NANOS), reports.subList(first, reports.size()));
    }

    /** The settled line of one stream, from media time to session time. */
    private static final class Course {
        /** How far ahead the rate of a guess is taken. */
        private static final long AHEAD_NANOS = 10_000_000_000L;

        private static final int TRIES = 4;

        private long[] x = new long[64];
        private long[] y = new long[64];
        private int knots;

        /** Before it began it is of no use, and nobody uses it. */
        private ClockMap map = ClockMap.arrived(1, Polyline.line(0, 0, 0));

        ClockMap map() {
            return map;
        }

        /** Whether all of a stream was settled by then, and nothing has come since. */
        boolean wasOverBefore(StreamClock stream, long nanos) {
            return knots > 0
                    && y[knots - 1] < nanos
                    && x[knots - 1] >= stream.arrivals().newestNanos();
        }

        void settle(ClockMap guess, Arrivals arrivals, long untilNanos) {
            map = guess;
            if (arrivals.isEmpty()) {
                return;
            }
            long first = arrivals.firstNanos();
            if (knots == 0 && guess.ofMedia(first) < untilNanos) {
                add(first, guess.ofMedia(first));
            }
            // of a stream that is over there is nothing more to settle
            if (knots > 0 && y[knots - 1] < untilNanos && x[knots - 1] < arrivals.newestNanos()) {
                advance(guess, untilNanos);
            }
            if (knots > 0) {
                map = settled(guess);
            }
        }

        private void advance(ClockMap guess, long untilNanos) {
            long from = x[knots - 1];
            long ahead = untilNanos - y[knots - 1];
            long reached = 0;
            // the line deviates from rate 1 by a thousandth at most, so few tries lead there
            for (int i = 0; i < TRIES && reached < untilNanos; i++) {
                ahead += i == 0 ? 0 : untilNanos - reached + 1;
                reached = guess.ofMedia(from + ahead) + bent(error(guess), ahead);
            }
            add(from + ahead, Math.max(reached, untilNanos));
        }

        /** How far the settled line is above a guess, where it ends. */
        private long error(ClockMap guess) {
            return y[knots - 1] - guess.ofMedia(x[knots - 1]);
        }

        /** What is left of an error after a stretch in which the line bends towards the guess. */
        private static long bent(long error, long stretchNanos) {
            long most = Math.round(RobustLine.MOST_DEVIATION * stretchNanos);
            return error - Math.clamp(error, -most, most);
        }

        private void add(long media, long session) {
            if (knots == x.length) {
                x = Arrays.copyOf(x, knots * 2);
                y = Arrays.copyOf(y, knots * 2);
            }
            x[knots] = media;
            y[knots] = session;
            knots++;
        }

        private ClockMap settled(ClockMap guess) {
            long end = x[knots - 1];
            long reached = y[knots - 1];
            long later = guess.ofMedia(end + AHEAD_NANOS) + bent(error(guess), AHEAD_NANOS);
            double after = (double) (later - reached - AHEAD_NANOS) / AHEAD_NANOS;
            Polyline line = Polyline.through(Arrays.copyOf(x, knots), Arrays.copyOf(y, knots), 0, after);
            return ClockMap.settled(guess.clockRate(), line, guess.isReported());
        }
    }
}
