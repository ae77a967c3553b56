package org.everytake.render.media;

import java.util.ArrayDeque;
import org.everytake.render.clock.ClockMap;
import org.everytake.wire.vp8.Vp8Frame;
import org.everytake.wire.vp8.Vp8FrameAssembler;
import org.everytake.wire.vp8.Vp8Loss;
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
    private final Vp8FrameAssembler assembler = new Vp8FrameAssembler(new Vp8FrameAssembler.Listener() {
        @Override
        public void frame(Vp8Frame frame) {
            whole(frame);
        }

        @Override
        public void lost(Vp8Loss loss) {
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

    private void whole(Vp8Frame frame) {
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
