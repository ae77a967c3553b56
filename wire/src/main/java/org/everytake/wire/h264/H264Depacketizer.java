package org.everytake.wire.h264;

import java.util.Base64;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.bytes.Bytes;
import org.everytake.wire.sdp.Fmtp;
import org.everytake.wire.video.Depacketizer;
import org.everytake.wire.video.FrameSize;

/**
 * H.264 out of RTP payloads, as access units with start codes (its annex B). Parameter sets that a sender gave once are
 * put before each key frame that comes without, so that decoding can begin with any. What is interleaved (STAP-B, MTAP,
 * FU-B) is {@link Malformed}: nobody asks for it. Owned by one thread.
 */
@SuppressWarnings("exports")
public final class H264Depacketizer implements Depacketizer {
    private static final String WHAT = "H.264 payload";

    /** More than all parameter sets of a camera. */
    private static final int MOST_PARAMETER_BYTES = 16_384;

    private byte[] buffer = {};
    private int offset;
    private int length;

    private boolean fragmentOpen;
    private boolean idr;

    /** Whether the frame has a sequence parameter set of its own. */
    private boolean described;

    /** Parameter sets, with start codes, since the last sequence parameter set. */
    private final ByteWriter parameters = new ByteWriter();

    /** As the last sequence parameter set says. */
    private int size;

    public H264Depacketizer() {}

    /**
     * As the description of a stream has it.
     *
     * @param formatParameters as in SDP's {@code fmtp}; of which {@code sprop-parameter-sets} may say what a sender gives
     *     nowhere else (RFC 6184, section 8.1)
     */
    public H264Depacketizer(String formatParameters) {
        String sets = new Fmtp(0, formatParameters).get("sprop-parameter-sets");
        for (String set : sets == null ? new String[0] : sets.split(",", -1)) {
            try {
                byte[] unit = Base64.getDecoder().decode(set.strip());
                if (unit.length > 0) {
                    parameters(unit, 0, unit.length);
                }
            } catch (IllegalArgumentException unusable) {
                continue; // as good as not said
            }
        }
    }

    @Override
    public Place read(byte[] buffer, int offset, int length) throws Malformed {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        if (length < 2) {
            throw new Malformed(WHAT, length, "no data");
        }
        int type = NalType.of(buffer, offset);
        if (type == NalType.FU_A) {
            need(3);
            return (buffer[offset + 1] & 0x80) != 0 ? place(buffer[offset + 1] & 0x1F, 2) : Place.CONTINUES;
        }
        if (type == NalType.STAP_A) {
            need(4);
            return place(NalType.of(buffer, offset + 3), 4);
        }
        if (type == 0 || type > NalType.LAST_SINGLE) {
            throw new Malformed(WHAT, 0, "a packet of type " + type + " is not understood");
        }
        return place(type, 1);
    }

    private Place place(int type, int data) {
        boolean slice = type >= NalType.SLICE && type <= NalType.IDR_SLICE;
        boolean later = slice && !NalType.isFirstSlice(buffer, offset + data, offset + length);
        return later ? Place.CONTINUES : Place.MAY_BEGIN;
    }

    @Override
    public void begin() {
        fragmentOpen = false;
        idr = false;
        described = false;
    }

    @Override
    public void append(ByteWriter frame) throws Malformed {
        int type = NalType.of(buffer, offset);
        if (type == NalType.FU_A) {
            fragment(frame);
        } else if (fragmentOpen) {
            throw new Malformed(WHAT, 0, "a fragment without its end");
        } else if (type == NalType.STAP_A) {
            int end = offset + length;
            for (int at = offset + 1; at < end; at += 2 + Bytes.u16(buffer, at)) {
                int most = end - at - 2;
                if (most < 1 || Bytes.u16(buffer, at) > most || Bytes.u16(buffer, at) == 0) {
                    throw new Malformed(WHAT, at - offset, "a NAL unit runs over the end");
                }
                unit(frame, at + 2, Bytes.u16(buffer, at));
            }
        } else {
            unit(frame, offset, length);
        }
    }

    private void unit(ByteWriter frame, int at, int length) {
        int type = NalType.of(buffer, at);
        idr |= type == NalType.IDR_SLICE;
        described |= type == NalType.SEQUENCE_PARAMETERS;
        parameters(buffer, at, length);
        frame.u32(1).bytes(buffer, at, length);
    }

    /** Keeps a NAL unit if it is a parameter set. */
    private void parameters(byte[] b, int at, int length) {
        int type = NalType.of(b, at);
        if (type == NalType.SEQUENCE_PARAMETERS) {
            parameters.clear();
            size = SequenceParameterSet.frameSize(b, at, length);
        }
        if ((type == NalType.SEQUENCE_PARAMETERS || type == NalType.PICTURE_PARAMETERS)
                && parameters.size() + length <= MOST_PARAMETER_BYTES) {
            parameters.u32(1).bytes(b, at, length);
        }
    }

    private void fragment(ByteWriter frame) throws Malformed {
        int head = Bytes.u8(buffer, offset + 1);
        boolean first = (head & 0x80) != 0;
        if (first == fragmentOpen) {
            throw new Malformed(WHAT, 1, first ? "a fragment without its end" : "a fragment without its start");
        }
        if (first) {
            idr |= (head & 0x1F) == NalType.IDR_SLICE;
            frame.u32(1).u8(buffer[offset] & 0xE0 | head & 0x1F);
        }
        frame.bytes(buffer, offset + 2, length - 2);
        fragmentOpen = (head & 0x40) == 0;
    }

    @Override
    public Head finish(ByteWriter frame) throws Malformed {
        if (fragmentOpen) {
            throw new Malformed(WHAT, 0, "a fragment without its end");
        }
        if (!idr) {
            return new Head(false, FrameSize.UNKNOWN);
        }
        if (!described && parameters.size() > 0) {
            byte[] picture = frame.toBytes();
            frame.clear();
            frame.bytes(parameters.array(), 0, parameters.size()).bytes(picture);
        }
        // Without parameters, or with such as can't be read, it is no picture that decoding can begin with.
        return new Head(size != FrameSize.UNKNOWN, size);
    }

    private void need(int needed) throws Malformed {
        if (length < needed) {
            throw new Malformed(WHAT, length, "cut off");
        }
    }
}
