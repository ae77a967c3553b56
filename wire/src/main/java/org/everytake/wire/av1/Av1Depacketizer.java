package org.everytake.wire.av1;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.video.Depacketizer;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.FrameSize;

/** AV1 out of RTP payloads, as temporal units with a delimiter, whose OBUs have sizes. Owned by one thread. */
@SuppressWarnings("exports")
public final class Av1Depacketizer implements Depacketizer {
    private static final String WHAT = "AV1 payload";

    private byte[] buffer = {};
    private int offset;
    private int length;

    /** The OBU that goes on in the next packet. */
    private final ByteWriter obu = new ByteWriter();

    private boolean obuOpen;
    private boolean keyFrame;

    /** Whether a frame's head was met in this temporal unit: only the first counts. */
    private boolean headed;

    /** Of the sequence header in this temporal unit. */
    private int size;

    @Override
    public Place read(byte[] buffer, int offset, int length) throws Malformed {
        if (length < 2) {
            throw new Malformed(WHAT, length, "no data");
        }
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        int header = buffer[offset];
        if ((header & Av1Payload.CONTINUES) != 0) {
            return Place.CONTINUES;
        }
        return (header & Av1Payload.NEW_SEQUENCE) != 0 ? Place.BEGINS : Place.MAY_BEGIN;
    }

    @Override
    public void begin() {
        obu.clear();
        obuOpen = false;
        keyFrame = false;
        headed = false;
        size = FrameSize.UNKNOWN;
    }

    @Override
    public void append(ByteWriter frame) throws Malformed {
        if (frame.size() == 0) {
            frame.u8(Obu.TEMPORAL_DELIMITER << 3 | 0x02).u8(0);
        }
        int header = buffer[offset];
        int count = Av1Payload.count(header);
        boolean continues = (header & Av1Payload.CONTINUES) != 0;
        if (continues != obuOpen) {
            throw new Malformed(WHAT, 0, continues ? "an OBU without its start" : "an OBU without its end");
        }
        int end = offset + length;
        int element = 1;
        for (int at = offset + 1; at < end; element++) {
            int elementLength = end - at;
            if (element != count) {
                long read = Obu.leb128(buffer, at, end);
                at += (int) (Math.max(0, read) >>> 32);
                elementLength = (int) read;
                if (read < 0 || elementLength > end - at) {
                    throw new Malformed(WHAT, at - offset, "an OBU runs over the end");
                }
            }
            boolean last = at + elementLength == end;
            element(frame, at, elementLength, last && (header & Av1Payload.GOES_ON) != 0);
            at += elementLength;
        }
        if (count > 0 && element <= count) {
            throw new Malformed(WHAT, 0, "fewer OBUs than it says");
        }
    }

    private void element(ByteWriter frame, int at, int elementLength, boolean goesOn) throws Malformed {
        obu.bytes(buffer, at, elementLength);
        if (obu.size() > FrameAssembler.MAX_FRAME_LENGTH) {
            throw new Malformed(WHAT, 0, "too long");
        }
        obuOpen = goesOn;
        if (!goesOn) {
            whole(frame);
            obu.clear();
        }
    }

    private void whole(ByteWriter frame) throws Malformed {
        if (obu.size() == 0) {
            return;
        }
        byte[] b = obu.array();
        int data = Obu.dataOffset(b, 0, obu.size());
        switch (Obu.type(b[0])) {
            case Obu.TEMPORAL_DELIMITER, Obu.TILE_LIST, Obu.PADDING -> {
                return; // not to be sent, and to be ignored
            }
            case Obu.SEQUENCE_HEADER -> size = SequenceHeader.frameSize(b, data, obu.size() - data);
            case Obu.FRAME, Obu.FRAME_HEADER -> {
                // show_existing_frame (1 bit), frame_type (2 bits), both 0 in a key frame
                keyFrame |= !headed && obu.size() > data && (b[data] & 0xE0) == 0;
                headed = true;
            }
            default -> {
                // Whatever it is, decoders know.
            }
        }
        Obu.writeWithSize(frame, b, 0, obu.size());
    }

    @Override
    public Head finish(ByteWriter frame) throws Malformed {
        if (obuOpen) {
            throw new Malformed(WHAT, 0, "an OBU without its end");
        }
        if (!headed) {
            throw new Malformed(WHAT, 0, "no frame");
        }
        boolean whole = keyFrame && size != FrameSize.UNKNOWN;
        return new Head(whole, whole ? size : FrameSize.UNKNOWN);
    }
}
