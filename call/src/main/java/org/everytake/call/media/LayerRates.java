package org.everytake.call.media;

import org.everytake.call.bandwidth.RateMeter;
import org.everytake.wire.video.FrameSize;
import org.jspecify.annotations.Nullable;

/** How much flows of each layer within a stream, and how large its pictures are. Owned by the loop; time comes in. */
final class LayerRates {
    /** Those above are counted as these. */
    static final int MOST_LAYERS = 8;

    private static final int STEPS = 10;

    /** Spatial by temporal; made when first needed. */
    private final @Nullable RateMeter[][] meters = new RateMeter[MOST_LAYERS][MOST_LAYERS];

    private final int[] sizes = new int[MOST_LAYERS];

    void arrived(PacketLayer layer, int bytes, long arrivalNanos) {
        int spatial = Math.min(layer.spatial(), MOST_LAYERS - 1);
        int temporal = Math.min(layer.temporal(), MOST_LAYERS - 1);
        RateMeter meter = meters[spatial][temporal];
        if (meter == null) {
            meter = new RateMeter(STEPS);
            meters[spatial][temporal] = meter;
        }
        meter.add(bytes, arrivalNanos);
        for (int i = 0; i < MOST_LAYERS; i++) {
            int size = layer.size(i);
            sizes[i] = size == FrameSize.UNKNOWN ? sizes[i] : size;
        }
    }

    /** Of all layers up to these, in bits per second. */
    long bitsPerSecond(int spatial, int temporal, long nowNanos) {
        long sum = 0;
        for (int s = 0; s <= spatial; s++) {
            for (int t = 0; t <= temporal; t++) {
                sum += of(s, t, nowNanos);
            }
        }
        return sum;
    }

    private long of(int spatial, int temporal, long nowNanos) {
        RateMeter meter = meters[spatial][temporal];
        return meter == null ? 0 : meter.bitsPerSecond(nowNanos);
    }

    /** The highest spatial layer of which something flows. */
    int highestSpatial(long nowNanos) {
        for (int s = MOST_LAYERS - 1; s > 0; s--) {
            for (int t = 0; t < MOST_LAYERS; t++) {
                if (of(s, t, nowNanos) > 0) {
                    return s;
                }
            }
        }
        return 0;
    }

    /** The highest temporal layer of which something flows. */
    int highestTemporal(long nowNanos) {
        for (int t = MOST_LAYERS - 1; t > 0; t--) {
            for (int s = 0; s < MOST_LAYERS; s++) {
                if (of(s, t, nowNanos) > 0) {
                    return t;
                }
            }
        }
        return 0;
    }

    /** Of a spatial layer, as {@link Layer#lines}. */
    int lines(int spatial) {
        return Math.min(FrameSize.width(sizes[spatial]), FrameSize.height(sizes[spatial]));
    }
}
