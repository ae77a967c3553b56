package org.everytake.peer.media;

import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;
import org.everytake.wire.vp8.Vp8Depacketizer;

/** Puts VP8 frames together and hands out those that can be decoded. Owned by the connection's loop. */
final class InboundVideo implements InboundMedium, FrameAssembler.Listener {
    private final InboundSection section;
    private final Viewer viewer;
    private final FrameCounter frames;
    private final FrameAssembler assembler = new FrameAssembler(new Vp8Depacketizer(), this);
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
        if (section.isCoded(packet, "VP8")) {
            assembler.push(packet, sequence);
        }
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
