package org.everytake.render.media;

import java.util.ArrayDeque;
import org.everytake.render.Format;
import org.everytake.render.clock.ClockMap;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pictures of a stream out of its packets. After a loss there is none until the next key frame, so that nobody
 * ever sees one that was decoded from what is missing. One thread.
 */
public final class PictureAssembler {
    /** Of a larger picture a decoder would need memory that no camera is worth. */
    private static final int MOST_PIXELS = 4096 * 2304;

    /** A picture that is longer than so many times its width, or wider than high, fits no pane. */
    private static final int MOST_LONGER = 64;

    private final ArrayDeque<Picture> ready = new ArrayDeque<>();
    private final FrameAssembler assembler;
    private long timestamp;
    private long arrivalNanos;
    private boolean damaged = true;
    private @Nullable String refused;

    public PictureAssembler(Format format) {
        assembler = new FrameAssembler(format.depacketizer(), new FrameAssembler.Listener() {
            @Override
            public void frame(VideoFrame frame) {
                whole(frame);
            }

            @Override
            public void lost(VideoLoss loss) {
                damaged |= loss.frameLost();
            }
        });
    }

    /** Takes the next packet, at which a cursor points. */
    public void push(RtpCursor at) {
        timestamp = at.timestamp();
        arrivalNanos = at.arrivalNanos();
        assembler.push(at.packet(), at.sequence());
    }

    /** The next picture that is whole, or null if it needs more packets. */
    public @Nullable Picture poll() {
        return ready.poll();
    }

    /** The size of the first picture that is too large or too long to be shown; null if there was none. */
    public @Nullable String refused() {
        return refused;
    }

    private static boolean isOfUse(int width, int height) {
        return (long) width * height <= MOST_PIXELS
                && (long) Math.max(width, height) <= (long) MOST_LONGER * Math.min(width, height);
    }

    private void whole(VideoFrame frame) {
        if (frame.keyFrame()) {
            damaged = !isOfUse(frame.width(), frame.height());
            refused = damaged && refused == null ? frame.width() + "x" + frame.height() : refused;
        }
        if (!damaged) {
            ready.add(new Picture(
                    ClockMap.extend(frame.rtpTimestamp(), timestamp),
                    arrivalNanos,
                    frame.keyFrame(),
                    frame.width(),
                    frame.height(),
                    frame.bytes()));
        }
    }
}
