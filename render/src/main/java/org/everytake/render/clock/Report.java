package org.everytake.render.clock;

/**
 * A sender report as it arrived.
 *
 * @param ntp64 the sender's clock, 32 bits of seconds and 32 of fraction
 * @param timestamp32 the same moment in the stream's RTP time
 */
public record Report(long arrivalNanos, long ntp64, long timestamp32) {}
