package org.everytake.wire.vp8;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.video.Depacketizer;
import org.everytake.wire.video.FrameSize;

/** VP8 out of RTP payloads. Owned by one thread. */
@SuppressWarnings("exports")
public final class Vp8Depacketizer implements Depacketizer {
    private final Vp8DescriptorView descriptor = new Vp8DescriptorView();
    private byte[] buffer = {};
    private int at;
    private int length;

    @Override
    public Place read(byte[] buffer, int offset, int length) throws Malformed {
        int head = descriptor.wrap(buffer, offset, length).length();
        if (head == length) {
            throw new Malformed("VP8 payload", head, "no data");
        }
        this.buffer = buffer;
        this.at = offset + head;
        this.length = length - head;
        return descriptor.startOfFrame() ? Place.BEGINS : Place.CONTINUES;
    }

    @Override
    public void begin() {
        // Nothing is kept of a frame but its bytes.
    }

    @Override
    public void append(ByteWriter frame) {
        frame.bytes(buffer, at, length);
    }

    @Override
    public Head finish(ByteWriter frame) throws Malformed {
        Vp8FrameTag tag = Vp8FrameTag.parse(frame.array(), 0, frame.size());
        return new Head(tag.keyFrame(), FrameSize.of(tag.width(), tag.height()));
    }

    @Override
    public int pictureId() {
        return descriptor.pictureId();
    }

    @Override
    public int pictureIdMask() {
        return descriptor.longPictureId() ? 0x7FFF : 0x7F;
    }
}
