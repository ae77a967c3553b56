package org.everytake.peer.media;

import java.util.Optional;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;
import org.jspecify.annotations.Nullable;

/** Puts pictures together and hands out those that can be decoded. Owned by the connection's loop. */
final class InboundVideo implements InboundMedium, FrameAssembler.Listener {
    private final InboundSection section;
    private final Viewer viewer;
    private final FrameCounter frames;

    /** Of the encoding whose payload type came last; null if it cannot be read. */
    private @Nullable FrameAssembler assembler;

    private int payloadType = -1;
    private boolean needsKeyFrame = true;
    private long nowNanos;
    private long lost;
    private int width;
    private int height;

    InboundVideo(InboundSection section, Viewer viewer, FrameCounter frames) {
        this.section = section;
        this.viewer = viewer;
        this.frames = frames;
    }

    @Override
    public void packet(RtpPacket packet, long sequence, long now) {
        nowNanos = now;
        if (packet.payloadType() != payloadType) {
            payloadType = packet.payloadType();
            needsKeyFrame = true;
            assembler = assembler(section.codecs().get(payloadType));
        }
        if (assembler != null) {
            assembler.push(packet, sequence);
        }
    }

    private @Nullable FrameAssembler assembler(@Nullable RtpMap map) {
        return Optional.ofNullable(map)
                .flatMap(known -> VideoCodec.of(known.encoding()))
                .map(codec -> new FrameAssembler(codec.depacketizer(), this))
                .orElse(null);
    }

    @Override
    public void frame(VideoFrame frame) {
        if (needsKeyFrame && !frame.keyFrame()) {
            return;
        }
        needsKeyFrame = false;
        width = frame.width();
        height = frame.height();
        frames.whole(nowNanos);
        viewer.video(section.mid(), frame);
    }

    @Override
    public void lost(VideoLoss loss) {
        if (loss.frameLost() && !needsKeyFrame) {
            needsKeyFrame = true;
            lost++;
        }
        viewer.videoLost(section.mid(), loss);
    }

    @Override
    public boolean needsKeyFrame() {
        return needsKeyFrame;
    }

    @Override
    public FrameStatistics statistics() {
        return frames.statistics(0, lost, width, height);
    }
}
