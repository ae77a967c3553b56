package org.everytake.wire.rtp;

/**
 * The header extension with the time at which a packet was sent (WebRTC's {@code abs-send-time}): seconds by any clock,
 * 6 bits and 18 bits of fraction, so that it wraps each 64 s.
 *
 * <pre>
 * |  ID   | len=2 | absolute send time, 6.18      |               |
 * </pre>
 */
public final class AbsoluteSendTime {
    private static final int LENGTH = 3;
    private static final int FRACTION_BITS = 18;
    private static final long NANOS = 1_000_000_000L;
    private static final long CYCLE_NANOS = 64 * NANOS;

    private AbsoluteSendTime() {}

    /** 0 to 2^24-1, or -1 if the packet has none. */
    public static int read(RtpPacket packet, int id) {
        return (int) packet.extensionNumber(id, LENGTH);
    }

    /** Overwrites it in place; false if the packet has none. */
    public static boolean set(RtpPacket packet, int id, long sendNanos) {
        return RtpWriter.setExtensionNumber(packet, id, LENGTH, ofNanos(sendNanos));
    }

    public static HeaderExtension extension(int id, long sendNanos) {
        return HeaderExtension.number(id, LENGTH, ofNanos(sendNanos));
    }

    /** A time as it goes over the wire, 0 to 2^24-1. */
    public static int ofNanos(long nanos) {
        return (int) ((Math.floorMod(nanos, CYCLE_NANOS) << FRACTION_BITS) / NANOS);
    }

    /** A time from the wire, less than 64 s. */
    public static long toNanos(int time) {
        return time * NANOS >> FRACTION_BITS;
    }
}
