package org.everytake.peer.media;

import java.util.List;
import org.everytake.peer.clip.Clip;
import org.everytake.wire.rtp.AudioLevel;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.RedundantAudio;
import org.jspecify.annotations.Nullable;

/**
 * The audio of a clip being sent: a packet for each frame, with the frame before it where RED is agreed. Owned by the
 * connection's loop.
 */
final class OutboundAudio {
    private final Clip clip;
    private final int payloadType;
    private final OutboundStream stream;
    private final SenderClock clock;
    private @Nullable Playout playout;
    private long base;
    private int redundantPayloadType = -1;
    private Clip.@Nullable Unit previous;

    OutboundAudio(Clip clip, int payloadType, OutboundStream stream, SenderClock clock) {
        this.clip = clip;
        this.payloadType = payloadType;
        this.stream = stream;
        this.clock = clock;
    }

    OutboundStream stream() {
        return stream;
    }

    void agreed(Agreed agreed) {
        stream.agreed(agreed);
        redundantPayloadType = agreed.redundantPayloadType();
    }

    /**
     * @param clipStartNanos the network's time at which the clip began, or will; what has passed of it is not sent
     */
    void start(long clipStartNanos) {
        playout = new Playout(
                clip.audio(),
                clip.audioEncoding().clockRate(),
                clip.durationNanos(),
                clock.elapsedNanos(clipStartNanos));
        base = stream.timestampAt(clipStartNanos);
    }

    /**
     * Sends what is due.
     *
     * @param on whether to; if not it is left out
     * @param level as {@link AudioLevel#level} has it; {@link AudioLevel#SILENCE} is no speech
     */
    void tick(boolean on, int level, long nowNanos) {
        if (playout == null) {
            return;
        }
        long own = clock.elapsedNanos(nowNanos);
        for (Clip.Unit unit = playout.poll(own); unit != null; unit = playout.poll(own)) {
            if (on) {
                send(unit, level, nowNanos);
            }
            previous = on ? unit : null;
        }
    }

    private void send(Clip.Unit unit, int level, long nowNanos) {
        int levelId = stream.extensionIds().audioLevel();
        HeaderExtension extension =
                levelId < 0 ? null : AudioLevel.extension(levelId, level < AudioLevel.SILENCE, level);
        long timestamp = base + unit.ticks();
        if (redundantPayloadType < 0) {
            stream.send(payloadType, unit.bytes(), false, timestamp, extension, nowNanos);
            return;
        }
        List<RedundantAudio.Earlier> earlier = earlier(unit);
        byte[] payload = new byte[RedundantAudio.length(earlier, unit.bytes())];
        RedundantAudio.write(payload, 0, earlier, payloadType, unit.bytes());
        stream.send(redundantPayloadType, payload, false, timestamp, extension, nowNanos);
    }

    /** The frame before, unless it is too old or too long to be said. */
    private List<RedundantAudio.Earlier> earlier(Clip.Unit unit) {
        Clip.Unit before = previous;
        if (before == null
                || unit.ticks() - before.ticks() > RedundantAudio.MOST_TIMESTAMP_OFFSET
                || before.bytes().length > RedundantAudio.MOST_BLOCK_LENGTH) {
            return List.of();
        }
        int offset = (int) (unit.ticks() - before.ticks());
        return List.of(new RedundantAudio.Earlier(payloadType, offset, before.bytes()));
    }
}
