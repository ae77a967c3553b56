package org.everytake.call.media;

import org.everytake.call.Kind;
import org.everytake.call.bandwidth.RateMeter;
import org.everytake.wire.video.FrameSize;
import org.jspecify.annotations.Nullable;

/**
 * A simulcast layer of a track (RFC 8853), or all of the track where there is but one: the streams that carried it, one
 * after the other. Owned by the loop.
 */
public final class Layer {
    /** After that it counts as switched off. */
    private static final long SILENCE_NANOS = 1_000_000_000L;

    private final String rid;
    private final KeyFrameRequester keyFrames;
    private final RateMeter rate = new RateMeter(10);
    private @Nullable InboundStream stream;
    private int size;
    private long lastArrivalNanos;
    private int newestTimestamp;
    private long newestPictureNanos;
    private int pictures;
    private int picturesThen;
    private long thenNanos = Long.MIN_VALUE;

    Layer(String rid, Kind kind, long nowNanos) {
        this.rid = rid;
        this.keyFrames = new KeyFrameRequester(nowNanos);
        this.lastArrivalNanos = nowNanos;
        if (kind.isVideo()) {
            keyFrames.want();
        }
    }

    /** Empty if it is the only one. */
    public String rid() {
        return rid;
    }

    /** The one that carries it now. */
    @Nullable
    InboundStream stream() {
        return stream;
    }

    /** How much flows of the layers within the stream that carries it; null if it has none. */
    @Nullable
    LayerRates rates() {
        return stream == null ? null : stream.rates();
    }

    void begin(InboundStream newest) {
        if (stream != null) {
            stream.ended();
        }
        stream = newest;
        pictures = 0;
        picturesThen = 0;
        keyFrames.want();
    }

    KeyFrameRequester keyFrames() {
        return keyFrames;
    }

    void arrived(int bytes, long rtpTimestamp, long arrivalNanos) {
        rate.add(bytes, arrivalNanos);
        lastArrivalNanos = arrivalNanos;
        // What comes late or again is of an older picture, and no sign that there are more to come.
        int ahead = (int) rtpTimestamp - newestTimestamp;
        if (pictures == 0 || ahead >= 0) {
            newestPictureNanos = arrivalNanos;
        }
        if (pictures == 0 || ahead > 0) {
            newestTimestamp = (int) rtpTimestamp;
            pictures++;
        }
    }

    /**
     * How many pictures have begun since anything came of another layer's newest one, the first of them left out. To be
     * asked at each packet of this layer.
     */
    int picturesWithout(Layer other) {
        if (other.newestPictureNanos != thenNanos) {
            thenNanos = other.newestPictureNanos;
            picturesThen = pictures;
        }
        return pictures - picturesThen;
    }

    /**
     * @param frameSize a {@link FrameSize}; unknown leaves the one before
     */
    void keyFrame(int frameSize, long arrivalNanos) {
        keyFrames.keyFrame(arrivalNanos);
        size = frameSize == FrameSize.UNKNOWN ? size : frameSize;
    }

    long lastArrivalNanos() {
        return lastArrivalNanos;
    }

    boolean flows(long nowNanos) {
        return nowNanos - lastArrivalNanos < SILENCE_NANOS;
    }

    long bitsPerSecond(long nowNanos) {
        return rate.bitsPerSecond(nowNanos);
    }

    /** Of the last key frame, the shorter side: a phone held upright sends as much as one held across. 0 if unknown. */
    int lines() {
        return Math.min(FrameSize.width(size), FrameSize.height(size));
    }

    /** By the size of its pictures; where that is not known, by how much flows. */
    boolean isBetterThan(Layer other, long nowNanos) {
        long ours = pixels();
        long theirs = other.pixels();
        if (ours != 0 && theirs != 0) {
            return ours > theirs;
        }
        return bitsPerSecond(nowNanos) > 2 * other.bitsPerSecond(nowNanos);
    }

    private long pixels() {
        return (long) FrameSize.width(size) * FrameSize.height(size);
    }
}
