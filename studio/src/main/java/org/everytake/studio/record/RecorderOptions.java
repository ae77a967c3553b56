package org.everytake.studio.record;

import java.time.Duration;

/**
 * How recordings begin and end.
 *
 * @param attempt how long a start may take until its first packet is durable; then it has failed
 * @param firstPause before a spool that could not be opened is tried again; doubles up to two seconds
 * @param keyFrameEvery how often key frames are asked for while recording
 * @param sealing how long Stop waits for the disk; what takes longer goes on without the one who pressed
 * @param failureShown how long a room is shown that its recording failed
 * @param continueWithin how long after the server was cut off a recording goes on when people come back; zero for never
 */
public record RecorderOptions(
        Duration attempt,
        Duration firstPause,
        Duration keyFrameEvery,
        Duration sealing,
        Duration failureShown,
        Duration continueWithin) {

    public static RecorderOptions standard() {
        return new RecorderOptions(
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2));
    }

    public RecorderOptions withContinueWithin(Duration within) {
        return new RecorderOptions(attempt, firstPause, keyFrameEvery, sealing, failureShown, within);
    }
}
