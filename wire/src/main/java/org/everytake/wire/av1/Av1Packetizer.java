package org.everytake.wire.av1;

import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.video.Packetizer;

/**
 * Cuts AV1 temporal units into RTP payloads: OBUs without their sizes, each with its length before it (W is 0), as many in
 * a payload as fit, the last perhaps in part. Delimiters are left out. Owned by one thread.
 */
public final class Av1Packetizer implements Packetizer {
    private static final int LEAST_ROOM = 16;

    /** Header, and the longest length of an element that fits. */
    private static final int OVERHEAD = 1 + 3;

    private final int maxPayloadLength;

    /** @param maxPayloadLength of an RTP payload, in bytes */
    public Av1Packetizer(int maxPayloadLength) {
        if (maxPayloadLength < LEAST_ROOM) {
            throw new IllegalArgumentException("no room in " + maxPayloadLength + " bytes");
        }
        this.maxPayloadLength = maxPayloadLength;
    }

    @Override
    public List<byte[]> packetize(byte[] frame) {
        List<byte[]> obus = obus(frame);
        boolean sequence = obus.stream().anyMatch(obu -> Obu.type(obu[0]) == Obu.SEQUENCE_HEADER);
        List<byte[]> payloads = new ArrayList<>();
        ByteWriter out = new ByteWriter();
        boolean continues = false;
        for (int i = 0; i < obus.size(); i++) {
            byte[] obu = obus.get(i);
            int from = 0;
            while (from < obu.length) {
                if (out.size() > maxPayloadLength - OVERHEAD) {
                    payloads.add(out.toBytes());
                    out.clear();
                }
                if (out.size() == 0) {
                    boolean first = payloads.isEmpty() && sequence;
                    out.u8((continues ? Av1Payload.CONTINUES : 0) | (first ? Av1Payload.NEW_SEQUENCE : 0));
                }
                int part = Math.min(obu.length - from, maxPayloadLength - out.size() - OVERHEAD + 1);
                Obu.writeLeb128(out, part);
                out.bytes(obu, from, part);
                from += part;
                continues = from < obu.length;
                if (continues) {
                    payloads.add(goingOn(out.toBytes()));
                    out.clear();
                }
            }
        }
        if (out.size() > 0) {
            payloads.add(out.toBytes());
        }
        return payloads;
    }

    private static byte[] goingOn(byte[] payload) {
        payload[0] |= (byte) Av1Payload.GOES_ON;
        return payload;
    }

    /** The OBUs of a temporal unit, without sizes. */
    private static List<byte[]> obus(byte[] frame) {
        List<byte[]> obus = new ArrayList<>();
        for (int at = 0; at < frame.length; ) {
            int head = Obu.headLength(frame[at]);
            long size = Obu.hasSize(frame[at]) ? Obu.leb128(frame, at + head, frame.length) : -1;
            int data = at + head + (int) (Math.max(0, size) >>> 32);
            if (size < 0 || (int) size > frame.length - data) {
                throw new IllegalArgumentException("no OBU with a size at " + at);
            }
            int type = Obu.type(frame[at]);
            if (type != Obu.TEMPORAL_DELIMITER && type != Obu.PADDING) {
                ByteWriter obu = new ByteWriter().u8(frame[at] & ~0x02);
                obu.bytes(frame, at + 1, head - 1).bytes(frame, data, (int) size);
                obus.add(obu.toBytes());
            }
            at = data + (int) size;
        }
        if (obus.isEmpty()) {
            throw new IllegalArgumentException("nothing but delimiters");
        }
        return obus;
    }
}
