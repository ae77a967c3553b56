package org.everytake.peer.media;

/**
 * What the other side has said with transport-wide feedback so far.
 *
 * @param feedbacks that came
 * @param received packets that arrived
 * @param lost packets that had not arrived when it was said
 */
public record FeedbackStatistics(long feedbacks, long received, long lost) {}
