package org.everytake.render.picture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.everytake.render.Clip;
import org.everytake.render.Pane;
import org.everytake.render.Span;
import org.everytake.render.media.Picture;
import org.everytake.render.media.PictureSource;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of one pane for one FFmpeg, clip after clip, each from the last key frame before it is seen. Times are
 * microseconds since {@link #LEAD_MICROS} before the first is seen and always rise: pictures that only prime the decoder are
 * squeezed in before that, or into the moment of a change of clips. One thread.
 */
final class PaneFeed {
    /** Where what is seen begins on the time line of the feed: room for what primes. */
    static final long LEAD_MICROS = 10_000_000;

    private static final long PRIMING_MICROS = 1_000_000;

    /** A clip and from when to when it is needed. */
    private record Part(Clip clip, long fromNanos, long toNanos) {}

    private final long startNanos;
    private final IvfWriter ivf;
    private final PictureSource media;
    private @Nullable Clip last;
    private long fedNanos;
    private long lastMicros = -1;
    /** What primes, and may be all that there is to be seen. */
    private byte @Nullable [] primes;

    /**
     * Opens the feed.
     *
     * @param pane as it is at first; its look stays
     * @param startNanos when its first picture is seen
     */
    PaneFeed(Pane pane, long startNanos, OutputStream pipe, PictureSource media) throws IOException {
        this.startNanos = startNanos;
        this.media = media;
        this.ivf = new IvfWriter(pipe, DarkFrame.codec(pane.look().coding()), DarkFrame.WIDTH, DarkFrame.HEIGHT);
        ivf.write(rising(Long.MIN_VALUE), DarkFrame.of(pane.look().coding()));
    }

    /**
     * Writes what is seen in a stretch of time, which follows the one before.
     *
     * @return how many pictures of that time there are
     */
    int write(Pane pane, Span stretch) throws IOException {
        int count = 0;
        for (Part part : parts(pane, stretch)) {
            long keyNanos = lastKeyFrame(part.clip, part.fromNanos);
            int seen = write(part, keyNanos, keyNanos, stretch);
            count += seen < 0 ? write(part, keyNanos, Long.MIN_VALUE, stretch) : seen;
            last = part.clip;
            fedNanos = part.toNanos;
        }
        // FFmpeg leaves out a last picture from before the beginning, though it is what is seen from there on
        writePriming(startNanos + 1_000);
        return count;
    }

    private void write(long nanos, byte[] coded) throws IOException {
        writePriming(Long.MIN_VALUE);
        if (nanos < startNanos) {
            primes = coded;
        } else {
            ivf.write(rising(nanos), coded);
        }
    }

    private void writePriming(long nanos) throws IOException {
        byte[] coded = primes;
        if (coded != null) {
            ivf.write(rising(nanos), coded);
            primes = null;
        }
    }

    /**
     * Writes the pictures of a part, of a clip that was not shown last from its key frame on.
     *
     * @param keyNanos of the key frame; {@link Long#MIN_VALUE} for the first there is
     * @param fromNanos since when pictures are read; {@link Long#MIN_VALUE} for all
     * @return how many of the stretch there are; -1, with nothing written, if the key frame cannot be decoded with what was
     *     read: a sender may have given once, at the beginning, what all key frames need
     */
    private int write(Part part, long keyNanos, long fromNanos, Span stretch) throws IOException {
        Clip clip = part.clip;
        boolean goesOn = last != null && isSame(last, clip);
        boolean whole = fromNanos == Long.MIN_VALUE;
        boolean begun = goesOn;
        int count = 0;
        Iterator<Picture> pictures = media.pictures(clip, fromNanos);
        while (pictures.hasNext()) {
            Picture picture = pictures.next();
            long nanos = clip.clock().sessionNanos(picture.timestamp());
            if (nanos >= part.toNanos) {
                break;
            }
            if (!begun && picture.keyFrame() && nanos >= keyNanos) {
                if (!whole && nanos != keyNanos) {
                    return -1;
                }
                begun = true;
            }
            boolean isNew = !goesOn || nanos >= fedNanos;
            if (begun && isNew && clip.clock().isPlausible(picture.timestamp(), picture.arrivalNanos())) {
                write(nanos, picture.bytes());
                count += nanos >= stretch.startNanos() ? 1 : 0;
            }
        }
        return begun || whole ? count : -1;
    }

    /**
     * How large the pictures are that a stretch of time needs.
     *
     * @return null if they are of several sizes, or there is none
     */
    static @Nullable Size size(Pane pane, Span stretch, PictureSource media) {
        Size size = null;
        for (Part part : parts(pane, stretch)) {
            long keyNanos = lastKeyFrame(part.clip, part.fromNanos);
            Iterator<Picture> pictures = media.pictures(part.clip, keyNanos);
            while (pictures.hasNext()) {
                Picture picture = pictures.next();
                long nanos = part.clip.clock().sessionNanos(picture.timestamp());
                if (nanos >= part.toNanos) {
                    break;
                }
                Size its = new Size(picture.width(), picture.height());
                if (nanos >= keyNanos && size != null && !its.equals(size)) {
                    return null;
                }
                size = nanos >= keyNanos ? its : size;
            }
        }
        return size == null || size.isEmpty() ? null : size;
    }

    private long rising(long nanos) {
        long primed = startNanos - PRIMING_MICROS * 1000;
        long micros = LEAD_MICROS + Math.floorDiv(Math.max(primed, nanos) - startNanos, 1000);
        lastMicros = Math.max(lastMicros + 1, micros);
        return lastMicros;
    }

    private static boolean isSame(Clip one, Clip other) {
        return one.take() == other.take()
                && one.stream() == other.stream()
                && one.format().equals(other.format());
    }

    private static long lastKeyFrame(Clip clip, long nanos) {
        long found = Long.MIN_VALUE;
        for (long keyFrame : clip.keyFrames()) {
            if (keyFrame <= nanos) {
                found = keyFrame;
            }
        }
        return found;
    }

    private static List<Part> parts(Pane pane, Span stretch) {
        List<Part> all = new ArrayList<>();
        for (Clip clip : pane.clips()) {
            for (Span span : Span.intersect(clip.shown(), List.of(stretch))) {
                all.add(new Part(clip, span.startNanos(), span.endNanos()));
            }
        }
        all.sort(Comparator.comparingLong(Part::fromNanos));
        List<Part> merged = new ArrayList<>();
        for (Part part : all) {
            if (!merged.isEmpty() && merged.getLast().clip == part.clip) {
                merged.set(merged.size() - 1, new Part(part.clip, merged.getLast().fromNanos, part.toNanos));
            } else {
                merged.add(part);
            }
        }
        return merged;
    }
}
