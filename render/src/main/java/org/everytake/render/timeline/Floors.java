package org.everytake.render.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.everytake.render.Floor;
import org.everytake.render.Span;
import org.everytake.wire.rtp.AudioLevel;

/**
 * Who has the floor. Whoever speaks for 0.4 of the second that begins gets it, if they are at least 6 dB louder in it than
 * who has it, or that one is silent; and then keeps it for 2 s at least. So neither a cough nor an "mhm" takes it, and the
 * picture changes as somebody begins to speak rather than after. A pure function.
 */
final class Floors {
    /** In steps of {@link Loudness#STEP_NANOS}. */
    private static final int WINDOW = 10;

    private static final int SPOKEN = 4;
    private static final int LEAST_HELD = 20;

    /** Speech is louder than so many dB below full scale. */
    private static final int SPEECH = 50;

    private static final double LOUDER = 4;

    private Floors() {}

    /** Levels of silence for so long a session. */
    static byte[] silence(long endNanos) {
        byte[] levels = new byte[Math.toIntExact(Math.ceilDiv(Math.max(0, endNanos), Loudness.STEP_NANOS))];
        Arrays.fill(levels, (byte) AudioLevel.SILENCE);
        return levels;
    }

    /**
     * The floors, in order and without holes from zero on; none if nobody ever speaks.
     *
     * @param levels of each person, in dB below full scale for each step, all equally long; of those who are equally
     *     loud the first counts
     */
    static List<Floor> of(Map<String, byte[]> levels, long endNanos) {
        List<String> people = List.copyOf(levels.keySet());
        List<byte[]> heard = List.copyOf(levels.values());
        int steps = heard.isEmpty() ? 0 : heard.getFirst().length;
        List<Floor> floors = new ArrayList<>();
        int holder = -1;
        int since = 0;
        for (int step = 0; step < steps; step++) {
            if (holder >= 0 && step - since < LEAST_HELD) {
                continue;
            }
            int next = loudest(heard, step);
            if (next >= 0 && next != holder && (holder < 0 || yields(heard.get(holder), heard.get(next), step))) {
                if (holder >= 0) {
                    floors.add(floor(people.get(holder), since, step * Loudness.STEP_NANOS));
                }
                since = holder < 0 ? 0 : step;
                holder = next;
            }
        }
        if (holder >= 0) {
            floors.add(floor(people.get(holder), since, endNanos));
        }
        return floors;
    }

    private static Floor floor(String person, int since, long endNanos) {
        return new Floor(person, new Span(since * Loudness.STEP_NANOS, endNanos));
    }

    /** Who begins to speak at a step, or goes on, louder than all others; -1 if nobody. */
    private static int loudest(List<byte[]> heard, int step) {
        int loudest = -1;
        double most = 0;
        for (int i = 0; i < heard.size(); i++) {
            if (isSpeech(heard.get(i)[step]) && speaks(heard.get(i), step) && power(heard.get(i), step) > most) {
                most = power(heard.get(i), step);
                loudest = i;
            }
        }
        return loudest;
    }

    private static boolean yields(byte[] holder, byte[] next, int step) {
        return !speaks(holder, step) || power(next, step) > LOUDER * power(holder, step);
    }

    private static boolean speaks(byte[] levels, int step) {
        int spoken = 0;
        for (int i = step; i < Math.min(levels.length, step + WINDOW); i++) {
            spoken += isSpeech(levels[i]) ? 1 : 0;
        }
        return spoken >= SPOKEN;
    }

    private static boolean isSpeech(byte level) {
        return level <= SPEECH;
    }

    private static double power(byte[] levels, int step) {
        double sum = 0;
        for (int i = step; i < Math.min(levels.length, step + WINDOW); i++) {
            sum += isSpeech(levels[i]) ? Math.pow(10, -levels[i] / 10.0) : 0;
        }
        return sum;
    }
}
