package org.everytake.call.media;

import org.jspecify.annotations.Nullable;

/**
 * Which layer of a track is recorded: the best that arrives. A better one is taken from its next key frame on, a lesser
 * one when the better has fallen silent; until that key frame both are recorded, so that no packet of it is missed that
 * the network has put before its first. Owned by the loop; time comes in.
 */
final class RecordedLayer {
    /**
     * So many pictures of another layer without a packet of the recorded one, and one that has just begun, are no loss: a
     * layer that a sender can no longer afford stops without a word. As a time this would be too long for thirty pictures a
     * second, or too short for five.
     */
    static final int SILENT_PICTURES = 3;

    /** So long what the network delayed still belongs to the layer before. */
    static final long FAREWELL_NANOS = 500_000_000L;

    private @Nullable Layer current;
    private @Nullable Layer next;
    private @Nullable Layer former;
    private long formerUntilNanos;

    @Nullable
    Layer current() {
        return current;
    }

    /** Whether a packet of that layer is recorded. */
    boolean takes(Layer layer, boolean startsKeyFrame, long arrivalNanos) {
        Layer recorded = current;
        if (recorded == null || layer == recorded) {
            current = layer;
            return true;
        }
        boolean wanted =
                layer.isBetterThan(recorded, arrivalNanos) || layer.picturesWithout(recorded) >= SILENT_PICTURES;
        if (!wanted) {
            next = layer == next ? null : next;
            return layer == former && arrivalNanos < formerUntilNanos;
        }
        if (startsKeyFrame) {
            former = recorded;
            formerUntilNanos = arrivalNanos + FAREWELL_NANOS;
            current = layer;
            next = null;
            return true;
        }
        if (next == null || next == layer || layer.isBetterThan(next, arrivalNanos) || !next.flows(arrivalNanos)) {
            if (next != layer) {
                next = layer;
                layer.keyFrames().want();
            }
            return true;
        }
        return false;
    }
}
