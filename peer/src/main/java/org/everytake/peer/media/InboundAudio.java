package org.everytake.peer.media;

import java.util.Arrays;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RedundantAudio;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.TimestampExtender;

/**
 * Hands out audio frames in order. What is lost is taken from the RED of the packet after it, as far as that goes back.
 * Owned by the connection's loop.
 */
final class InboundAudio implements InboundMedium {
    private final InboundSection section;
    private final Viewer viewer;
    private final FrameCounter frames;
    private final RedundantAudio red = new RedundantAudio();
    private final TimestampExtender extender = new TimestampExtender();
    private long lastSequence = -1;
    private long lastTimestamp = -1;
    private long redundant;
    private long lost;

    InboundAudio(InboundSection section, Viewer viewer, FrameCounter frames) {
        this.section = section;
        this.viewer = viewer;
        this.frames = frames;
    }

    @Override
    public void packet(RtpPacket packet, long sequence, long nowNanos) {
        long timestamp = extender.extend(packet.timestamp());
        long missing = lastSequence < 0 ? 0 : sequence - lastSequence - 1;
        if (section.isCoded(packet, "red")) {
            redundant(packet, sequence, timestamp, missing, nowNanos);
        } else {
            lose(missing);
            handOut(packet.buffer(), packet.payloadOffset(), packet.payloadLength(), sequence, timestamp, nowNanos);
        }
        lastSequence = sequence;
    }

    private void redundant(RtpPacket packet, long sequence, long timestamp, long missing, long nowNanos) {
        try {
            red.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        } catch (Malformed unusable) {
            lose(missing + 1);
            return;
        }
        int primary = red.count() - 1;
        // Each packet that is missing had one frame; of those here, the newer ones are theirs.
        int first = primary - (int) Math.min(missing, primary);
        while (first < primary && timestamp - red.timestampOffset(first) <= lastTimestamp) {
            first++;
        }
        lose(missing - (primary - first));
        for (int block = first; block <= primary; block++) {
            redundant += block < primary ? 1 : 0;
            handOut(
                    packet.buffer(),
                    red.offset(block),
                    red.length(block),
                    sequence - (primary - block),
                    timestamp - red.timestampOffset(block),
                    nowNanos);
        }
    }

    private void lose(long missing) {
        if (missing > 0) {
            lost += missing;
            viewer.audioLost(section.mid(), missing);
        }
    }

    private void handOut(byte[] buffer, int offset, int length, long sequence, long timestamp, long nowNanos) {
        if (length == 0) {
            return;
        }
        lastTimestamp = timestamp;
        frames.whole(nowNanos);
        byte[] frame = Arrays.copyOfRange(buffer, offset, offset + length);
        viewer.audio(section.mid(), sequence, timestamp & 0xFFFFFFFFL, frame);
    }

    @Override
    public boolean needsKeyFrame() {
        return false;
    }

    @Override
    public FrameStatistics statistics() {
        return frames.statistics(redundant, lost, 0, 0);
    }
}
