package org.everytake.wire.vp8;

import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.video.Packetizer;

/**
 * Cuts VP8 frames into RTP payloads, each with a {@link Vp8PayloadDescriptor} and a picture id that counts frames. The
 * payloads of a frame are of nearly equal length. Owned by one thread.
 */
public final class Vp8Packetizer implements Packetizer {
    private static final int DESCRIPTOR_LENGTH = 4;

    private final int maxPayloadLength;
    private int pictureId;

    /**
     * @param maxPayloadLength of an RTP payload, in bytes
     * @param firstPictureId of which the low 15 bits are taken
     */
    public Vp8Packetizer(int maxPayloadLength, int firstPictureId) {
        if (maxPayloadLength <= DESCRIPTOR_LENGTH) {
            throw new IllegalArgumentException("no room in " + maxPayloadLength + " bytes");
        }
        this.maxPayloadLength = maxPayloadLength;
        this.pictureId = firstPictureId & 0x7FFF;
    }

    @Override
    public List<byte[]> packetize(byte[] frame) {
        if (frame.length == 0) {
            throw new IllegalArgumentException("empty frame");
        }
        int room = maxPayloadLength - DESCRIPTOR_LENGTH;
        int count = (frame.length + room - 1) / room;
        List<byte[]> payloads = new ArrayList<>(count);
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = (int) ((long) frame.length * (i + 1) / count);
            byte[] payload = new byte[DESCRIPTOR_LENGTH + to - from];
            Vp8PayloadDescriptor.of(i == 0, pictureId).write(payload, 0);
            System.arraycopy(frame, from, payload, DESCRIPTOR_LENGTH, to - from);
            payloads.add(payload);
            from = to;
        }
        pictureId = (pictureId + 1) & 0x7FFF;
        return payloads;
    }
}
