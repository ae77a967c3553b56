package org.everytake.wire.video;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * What a {@link FrameAssembler} must know of a codec: what the payloads of one stream hold, read one by one in their
 * order. Owned by one thread.
 */
@SuppressWarnings("exports") // implemented in this module only; others hand it on
public interface Depacketizer {
    /** Where in a frame a payload belongs. */
    enum Place {
        /** It is the first of a frame. */
        BEGINS,
        /** It is the first of a frame if its timestamp is new. */
        MAY_BEGIN,
        /** It belongs to a frame that began before. */
        CONTINUES
    }

    /** Of a whole frame: whether decoding can begin with it, and then its {@link FrameSize}. */
    record Head(boolean keyFrame, int size) {}

    /** Reads the head of the next payload, which stays where it is until {@link #append}. */
    Place read(byte[] buffer, int offset, int length) throws Malformed;

    /** Starts a frame with nothing in it. */
    void begin();

    /** Adds to a frame what was read last. */
    void append(ByteWriter frame) throws Malformed;

    /** Makes of all that was added what decoders take. */
    Head finish(ByteWriter frame) throws Malformed;

    /**
     * What follows in the frame is missing: cuts it to what can be decoded without.
     *
     * @return whether there is such a thing
     */
    default boolean cut(ByteWriter frame) {
        return false;
    }

    /** The number that the sender gives the frame of what was read last, -1 if it gives none. */
    default int pictureId() {
        return -1;
    }

    /** What {@link #pictureId} is counted with: its highest value. */
    default int pictureIdMask() {
        return 0;
    }
}
