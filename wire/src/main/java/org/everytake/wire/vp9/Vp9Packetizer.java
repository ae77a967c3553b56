package org.everytake.wire.vp9;

import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.video.FrameSize;
import org.everytake.wire.video.Packetizer;

/**
 * Cuts VP9 frames into RTP payloads in flexible mode, each with a picture id of 15 bits that counts pictures; each
 * picture refers to the one before it, each layer to the one below. A key frame says the sizes of its layers. The payloads
 * of a layer are of nearly equal length. Owned by one thread.
 */
public final class Vp9Packetizer implements Packetizer {
    /** The longest descriptor but for the sizes: flags, picture id, layers, one reference. */
    private static final int MOST_DESCRIPTOR = 5;

    private static final int MOST_STRUCTURE = 1 + 4 * Vp9PayloadDescriptor.MOST_LAYERS;

    private final int maxPayloadLength;
    private int pictureId;

    /**
     * @param maxPayloadLength of an RTP payload, in bytes
     * @param firstPictureId of which the low 15 bits are taken
     */
    public Vp9Packetizer(int maxPayloadLength, int firstPictureId) {
        if (maxPayloadLength <= MOST_DESCRIPTOR + MOST_STRUCTURE) {
            throw new IllegalArgumentException("no room in " + maxPayloadLength + " bytes");
        }
        this.maxPayloadLength = maxPayloadLength;
        this.pictureId = firstPictureId & 0x7FFF;
    }

    /** The frames of a {@link Vp9Superframe} become the spatial layers of a picture. */
    @Override
    public List<byte[]> packetize(byte[] frame) {
        return packetizeLayers(Vp9Superframe.split(frame));
    }

    /** As {@link #packetize}, with a frame for each spatial layer of the picture from the lowest on; one or several. */
    public List<byte[]> packetizeLayers(List<byte[]> layers) {
        int[] sizes = layers.stream().mapToInt(Vp9Packetizer::keyFrameSize).toArray();
        boolean keyFrame = sizes[0] != FrameSize.UNKNOWN;
        List<byte[]> payloads = new ArrayList<>();
        for (int layer = 0; layer < sizes.length; layer++) {
            byte[] frame = layers.get(layer);
            int room = maxPayloadLength - MOST_DESCRIPTOR - (keyFrame && layer == 0 ? 1 + 4 * sizes.length : 0);
            int count = Math.max(1, (frame.length + room - 1) / room);
            int from = 0;
            for (int i = 0; i < count; i++) {
                int to = (int) ((long) frame.length * (i + 1) / count);
                ByteWriter out = new ByteWriter();
                descriptor(out, keyFrame, sizes, layer, i == 0, i == count - 1);
                payloads.add(out.bytes(frame, from, to - from).toBytes());
                from = to;
            }
        }
        pictureId = pictureId + 1 & 0x7FFF;
        return payloads;
    }

    private void descriptor(ByteWriter out, boolean keyFrame, int[] sizes, int layer, boolean begins, boolean ends) {
        boolean layered = sizes.length > 1;
        boolean structure = keyFrame && layer == 0 && begins;
        out.u8(0x90
                | (keyFrame ? 0 : 0x40)
                | (layered ? 0x20 : 0)
                | (begins ? 8 : 0)
                | (ends ? 4 : 0)
                | (structure ? 2 : 0));
        out.u16(0x8000 | pictureId);
        if (layered) {
            out.u8(layer << 1 | (layer > 0 ? 1 : 0));
        }
        if (!keyFrame) {
            out.u8(1 << 1); // the picture before
        }
        if (structure) {
            out.u8(sizes.length - 1 << 5 | 0x10);
            for (int size : sizes) {
                out.u16(FrameSize.width(size)).u16(FrameSize.height(size));
            }
        }
    }

    private static int keyFrameSize(byte[] frame) {
        try {
            return Vp9FrameHeader.keyFrameSize(frame, 0, frame.length);
        } catch (Malformed e) {
            throw new IllegalArgumentException("no VP9 frame", e);
        }
    }
}
