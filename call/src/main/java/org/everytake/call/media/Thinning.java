package org.everytake.call.media;

import java.util.Arrays;

/**
 * Leaves out of a stream with layers within what lies above an {@link OperatingPoint}. Goes down with the next picture; up
 * in space at a key picture, since only then the marker can be put where the picture will end; up in time behind a
 * picture from which on nothing refers to what was left out. Owned by the loop.
 */
final class Thinning {
    /** Whose packets may still come late: a second of them. */
    private static final int PICTURES = 32;

    private static final int LEFT_OUT = -1;

    private final ThinnedNumbers numbers;

    /** Of the last pictures, in a ring. */
    private final long[] timestamps = new long[PICTURES];

    /** Of each the highest spatial layer that is sent. */
    private final int[] tops = new int[PICTURES];

    private int picture;
    private int spatial;
    private int temporal;

    /** Whether the newest picture refers to none before. */
    private boolean anew;

    /** Up to which spatial layer what refers to earlier pictures can be decoded. */
    private int spatialBefore;

    Thinning(ThinnedNumbers numbers) {
        this.numbers = numbers;
        Arrays.fill(timestamps, -1);
    }

    ThinnedNumbers numbers() {
        return numbers;
    }

    /** Whether all that is wanted is sent. */
    boolean has(OperatingPoint wanted) {
        return spatial >= wanted.spatial() && temporal >= wanted.temporal();
    }

    /** Whether to send a packet that is newer than all before. */
    boolean takes(PacketLayer packet, long timestamp, OperatingPoint wanted) {
        if (timestamps[picture] != timestamp) {
            picture = (picture + 1) % PICTURES;
            timestamps[picture] = timestamp;
            spatial = Math.min(spatial, wanted.spatial());
            temporal = Math.min(temporal, wanted.temporal());
            spatialBefore = spatial;
            tops[picture] = packet.temporal() <= temporal ? spatial : LEFT_OUT;
            anew = false;
        }
        if (packet.beginsAnew() && !anew) {
            anew = true;
            spatial = wanted.spatial();
            temporal = wanted.temporal();
            tops[picture] = spatial;
        }
        if (packet.spatial() > spatialBefore && packet.spatial() <= spatial && packet.refersBack()) {
            // Its lowest layer began anew, this one did not.
            spatial = spatialBefore;
            tops[picture] = Math.min(tops[picture], spatial);
        }
        return packet.spatial() <= tops[picture];
    }

    /** Whether to send a packet that comes late. */
    boolean takesLate(PacketLayer packet, long timestamp) {
        int known = find(timestamp);
        return known < 0
                ? packet.spatial() <= spatial && packet.temporal() <= temporal
                : packet.spatial() <= tops[known];
    }

    /** Where a picture is remembered, the newest first; -1 if it is not. */
    private int find(long timestamp) {
        for (int i = 0; i < PICTURES; i++) {
            int at = (picture + PICTURES - i) % PICTURES;
            if (timestamps[at] == timestamp) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Whether a packet that is sent ends its picture for the subscriber.
     *
     * @param marker the publisher's
     */
    boolean ends(PacketLayer packet, long timestamp, boolean marker) {
        if (marker || !packet.endsFrame()) {
            return marker;
        }
        int known = find(timestamp);
        return packet.spatial() == (known < 0 ? spatial : tops[known]);
    }

    /** A packet that ends its picture was sent. */
    void ended(PacketLayer packet, OperatingPoint wanted) {
        if (packet.isSwitchingPoint() && packet.temporal() <= temporal) {
            temporal = Math.max(temporal, wanted.temporal());
        }
    }
}
