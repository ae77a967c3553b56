package org.everytake.render.media;

import java.util.ArrayDeque;
import org.everytake.render.clock.ClockMap;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;
import org.everytake.wire.vp8.Vp8Depacketizer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the whole pictures of a VP8 stream. After a loss there is none until the next key frame, so that nobody ever
 * sees one that was decoded from what is missing. One thread.
 */
public final class PictureReader {
    /** Of a larger picture a decoder would need memory that no camera is worth. */
    private static final int MOST_PIXELS = 4096 * 2304;

    private final RtpReader packets;
    private final ArrayDeque<Picture> ready = new ArrayDeque<>();
    private final FrameAssembler assembler = new FrameAssembler(new Vp8Depacketizer(), new FrameAssembler.Listener() {
        @Override
        public void frame(VideoFrame frame) {
            whole(frame);
        }

        @Override
        public void lost(VideoLoss loss) {
            damaged |= loss.frameLost();
        }
    });
    private boolean damaged = true;

    public PictureReader(RtpReader packets) {
        this.packets = packets;
    }

    /** The next picture, or null at the end. */
    public @Nullable Picture next() {
        while (ready.isEmpty() && packets.next()) {
            assembler.push(packets.packet(), packets.sequence());
        }
        return ready.poll();
    }

    private void whole(VideoFrame frame) {
        damaged = frame.keyFrame() ? (long) frame.width() * frame.height() > MOST_PIXELS : damaged;
        if (!damaged) {
            ready.add(new Picture(
                    ClockMap.extend(frame.rtpTimestamp(), packets.timestamp()),
                    packets.arrivalNanos(),
                    frame.keyFrame(),
                    frame.width(),
                    frame.height(),
                    frame.bytes()));
        }
    }
}
