package org.everytake.peer.media;

import java.util.List;
import org.everytake.peer.clip.Clip;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.VideoOrientation;
import org.everytake.wire.video.Packetizer;
import org.jspecify.annotations.Nullable;

/** The video of a clip being sent: all of it, or one layer of several. Owned by the connection's loop. */
final class OutboundVideo {
    private final Clip clip;
    private final int payloadType;
    private final Packetizer packetizer;
    private final OutboundStream stream;
    private final SenderClock clock;
    private @Nullable Playout playout;
    private long base;

    OutboundVideo(Clip clip, int payloadType, Packetizer packetizer, OutboundStream stream, SenderClock clock) {
        this.clip = clip;
        this.payloadType = payloadType;
        this.packetizer = packetizer;
        this.stream = stream;
        this.clock = clock;
    }

    OutboundStream stream() {
        return stream;
    }

    long bitsPerSecond() {
        return clip.videoBitsPerSecond();
    }

    /** As {@link OutboundAudio#start}. */
    void start(long clipStartNanos) {
        playout = new Playout(clip.video(), Clip.VIDEO_CLOCK, clip.durationNanos(), clock.elapsedNanos(clipStartNanos));
        base = stream.timestampAt(clipStartNanos);
    }

    /**
     * Sends what is due.
     *
     * @param on whether to; if not it is left out, and goes on with a key frame
     */
    void tick(boolean on, VideoOrientation orientation, long nowNanos) {
        if (playout == null) {
            return;
        }
        long own = clock.elapsedNanos(nowNanos);
        for (Clip.Unit frame = playout.poll(own); frame != null; frame = playout.poll(own)) {
            if (on) {
                send(frame, orientation, nowNanos);
            } else {
                playout.awaitKeyFrame();
            }
        }
    }

    /** The orientation goes with the last packet of a frame. */
    private void send(Clip.Unit frame, VideoOrientation orientation, long nowNanos) {
        int orientationId = stream.extensionIds().videoOrientation();
        HeaderExtension extension = orientationId < 0 ? null : orientation.extension(orientationId);
        List<byte[]> payloads = packetizer.packetize(frame.bytes());
        int last = payloads.size() - 1;
        for (int i = 0; i <= last; i++) {
            stream.send(
                    payloadType,
                    payloads.get(i),
                    i == last,
                    base + frame.ticks(),
                    i == last ? extension : null,
                    nowNanos);
        }
    }
}
