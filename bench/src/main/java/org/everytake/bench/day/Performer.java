package org.everytake.bench.day;

import java.io.IOException;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.room.CardClips;
import org.everytake.peer.clip.Clip;

/**
 * One of the two who are recorded. They play a clip over and over, whose picture shows where in the clip it is. The clips
 * differ in length, so both together, as the hands of a clock, tell where in the recording a moment is: they meet again
 * after 24.2 hours only.
 *
 * @param skewPpm by how many millionths their clock, and so their clip, runs too fast
 * @param seconds how long their clip is: whole periods of the card, whole frames of sound and of picture
 */
record Performer(TestCard card, double skewPpm, int seconds) {
    private static final double PERIOD_SECONDS = 6;

    static final Performer FAST = new Performer(card(0), 50, 726);
    static final Performer SLOW = new Performer(card(1), -50, 720);

    private static TestCard card(int index) {
        TestCard card = TestCard.clip(index);
        return new TestCard(card.name(), card.hueDegrees(), card.pitchHz(), PERIOD_SECONDS);
    }

    /** 160 by 90 at 5 frames a second, made now if it is not in the user's cache. */
    Clip clip() throws IOException {
        return CardClips.smallInCache(seconds).get(card);
    }

    /** After how much true time since the clip's beginning it has played so many of its own seconds. */
    double trueSeconds(double played) {
        return played / (1 + skewPpm * 1e-6);
    }

    /** How many of its own seconds the clip has played after so much true time. */
    double played(double trueSeconds) {
        return trueSeconds * (1 + skewPpm * 1e-6);
    }
}
