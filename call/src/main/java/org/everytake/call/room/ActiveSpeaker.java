package org.everytake.call.room;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks: the loudest, once they have been that for a moment, so that a cough turns no heads. Owned by the loop; time
 * comes in.
 */
final class ActiveSpeaker {
    /** Of speech; the level of a quiet room is below. */
    static final double VOICE_DECIBELS = 77;

    private static final double LOUDER_DECIBELS = 6;
    private static final int ROUNDS = 2;
    private static final long PAUSE_NANOS = 3_000_000_000L;

    private @Nullable String speaker;
    private @Nullable String challenger;
    private int rounds;
    private long lastVoiceNanos;

    @Nullable
    String speaker() {
        return speaker;
    }

    /**
     * To be called some times a second.
     *
     * @param decibels of each person, above silence
     * @return whether somebody else speaks now
     */
    boolean changes(Map<String, Double> decibels, long nowNanos) {
        String before = speaker;
        String loudest = null;
        double most = VOICE_DECIBELS;
        for (Map.Entry<String, Double> person : decibels.entrySet()) {
            if (person.getValue() >= most) {
                most = person.getValue();
                loudest = person.getKey();
            }
        }
        double current = speaker == null ? 0 : decibels.getOrDefault(speaker, 0.0);
        if (current >= VOICE_DECIBELS) {
            lastVoiceNanos = nowNanos;
        }
        if (loudest == null) {
            challenger = null;
            if (nowNanos - lastVoiceNanos > PAUSE_NANOS || speaker == null || !decibels.containsKey(speaker)) {
                speaker = null;
            }
        } else if (!loudest.equals(speaker)) {
            boolean louder = current < VOICE_DECIBELS || most > current + LOUDER_DECIBELS;
            rounds = louder && loudest.equals(challenger) ? rounds + 1 : 1;
            challenger = louder ? loudest : null;
            if (louder && rounds >= ROUNDS) {
                speaker = loudest;
                challenger = null;
                lastVoiceNanos = nowNanos;
            }
        } else {
            challenger = null;
        }
        return !Objects.equals(before, speaker);
    }
}
