package org.everytake.peer.clip;

import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.Packetizer;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;

/** Finds out which frames of a file are key frames: those that arrive as such. Owned by one thread. */
final class KeyFrames {
    private static final int MOST_PAYLOAD = 1000;

    private final Encoding encoding;
    private final Packetizer packetizer;
    private final FrameAssembler assembler;
    private long sequence;
    private long timestamp;
    private boolean isWhole;
    private boolean isKeyFrame;

    KeyFrames(Encoding encoding) {
        this.encoding = encoding;
        VideoCodec codec = VideoCodec.of(encoding.name()).orElseThrow();
        this.packetizer = codec.packetizer(MOST_PAYLOAD, 0);
        this.assembler = new FrameAssembler(codec.depacketizer(), new FrameAssembler.Listener() {
            @Override
            public void frame(VideoFrame frame) {
                isWhole = true;
                isKeyFrame = frame.keyFrame();
            }

            @Override
            public void lost(VideoLoss loss) {
                isWhole = false;
            }
        });
    }

    /** Whether the next frame is one. */
    boolean isKeyFrame(byte[] frame) throws Malformed {
        isWhole = false;
        timestamp++;
        List<byte[]> payloads = packetizer.packetize(frame);
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            assembler.push(++sequence, timestamp, i == payloads.size() - 1, payload, 0, payload.length);
        }
        if (!isWhole) {
            throw new Malformed(encoding.name() + " frame", (int) timestamp, "cannot be read");
        }
        return isKeyFrame;
    }
}
