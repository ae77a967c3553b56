package org.everytake.wire.video;

import java.util.ArrayList;
import java.util.List;

/** What comes out of an assembler. */
public final class Assembled implements FrameAssembler.Listener {
    public final List<VideoFrame> frames = new ArrayList<>();
    public final List<VideoLoss> losses = new ArrayList<>();

    /** Without those between a loss and the next key frame. */
    public final List<VideoFrame> shown = new ArrayList<>();

    private final FrameAssembler assembler;
    private boolean damaged = true;
    private long sequence;

    public Assembled(Depacketizer depacketizer, long firstSequence) {
        assembler = new FrameAssembler(depacketizer, this);
        sequence = firstSequence;
    }

    @Override
    public void frame(VideoFrame frame) {
        frames.add(frame);
        damaged &= !frame.keyFrame();
        if (!damaged) {
            shown.add(frame);
        }
    }

    @Override
    public void lost(VideoLoss loss) {
        losses.add(loss);
        damaged |= loss.frameLost();
    }

    /** The next packet, with something before and after its payload. */
    public Assembled push(long timestamp, boolean marker, byte[] payload) {
        byte[] buffer = new byte[payload.length + 10];
        System.arraycopy(payload, 0, buffer, 7, payload.length);
        assembler.push(sequence++, timestamp, marker, buffer, 7, payload.length);
        return this;
    }

    /** The packets of a frame, the last one with the marker. */
    public Assembled push(long timestamp, List<byte[]> payloads) {
        for (int i = 0; i < payloads.size(); i++) {
            push(timestamp, i == payloads.size() - 1, payloads.get(i));
        }
        return this;
    }

    /** So many packets never come. */
    public Assembled miss(int packets) {
        sequence += packets;
        return this;
    }
}
