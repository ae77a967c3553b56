package org.everytake.wire.h264;

import java.util.ArrayList;
import java.util.List;
import org.everytake.wire.bytes.ByteWriter;
import org.everytake.wire.video.Packetizer;

/**
 * Cuts H.264 access units into RTP payloads (RFC 6184, non-interleaved mode): small NAL units together in a STAP-A, large
 * ones as FU-As of nearly equal length, others alone. Access unit delimiters are left out. Owned by one thread.
 */
public final class H264Packetizer implements Packetizer {
    private static final int LEAST_ROOM = 16;

    private final int maxPayloadLength;

    /** @param maxPayloadLength of an RTP payload, in bytes */
    public H264Packetizer(int maxPayloadLength) {
        if (maxPayloadLength < LEAST_ROOM) {
            throw new IllegalArgumentException("no room in " + maxPayloadLength + " bytes");
        }
        this.maxPayloadLength = maxPayloadLength;
    }

    /** A stretch of a frame. */
    private record Unit(int from, int to) {
        int length() {
            return to - from;
        }
    }

    @Override
    public List<byte[]> packetize(byte[] frame) {
        List<Unit> units = units(frame);
        if (units.isEmpty()) {
            throw new IllegalArgumentException("no NAL unit with a start code");
        }
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < units.size(); ) {
            int together = together(units, i);
            if (together > 1) {
                payloads.add(aggregate(frame, units.subList(i, i + together)));
            } else if (units.get(i).length() <= maxPayloadLength) {
                payloads.add(new ByteWriter()
                        .bytes(frame, units.get(i).from, units.get(i).length())
                        .toBytes());
            } else {
                fragment(frame, units.get(i), payloads);
            }
            i += together;
        }
        return payloads;
    }

    /** How many NAL units from one on fit into a payload, at least that one. */
    private int together(List<Unit> units, int first) {
        int length = 1;
        int count = 0;
        while (first + count < units.size()) {
            length += 2 + units.get(first + count).length();
            if (length > maxPayloadLength) {
                break;
            }
            count++;
        }
        return Math.max(1, count);
    }

    private static byte[] aggregate(byte[] frame, List<Unit> units) {
        int importance = 0;
        for (Unit unit : units) {
            importance = Math.max(importance, frame[unit.from] & 0x60);
        }
        ByteWriter out = new ByteWriter().u8(importance | NalType.STAP_A);
        units.forEach(unit -> out.u16(unit.length()).bytes(frame, unit.from, unit.length()));
        return out.toBytes();
    }

    private void fragment(byte[] frame, Unit unit, List<byte[]> payloads) {
        int head = frame[unit.from];
        int data = unit.length() - 1;
        int room = maxPayloadLength - 2;
        int count = (data + room - 1) / room;
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = (int) ((long) data * (i + 1) / count);
            int ends = (i == 0 ? 0x80 : 0) | (i == count - 1 ? 0x40 : 0);
            payloads.add(new ByteWriter()
                    .u8(head & 0xE0 | NalType.FU_A)
                    .u8(ends | head & 0x1F)
                    .bytes(frame, unit.from + 1 + from, to - from)
                    .toBytes());
            from = to;
        }
    }

    /** The NAL units between start codes, without the zeros that may follow one. */
    private static List<Unit> units(byte[] frame) {
        List<Unit> units = new ArrayList<>();
        int from = -1;
        for (int i = 0; i + 2 < frame.length; i++) {
            if (frame[i] == 0 && frame[i + 1] == 0 && frame[i + 2] == 1) {
                add(units, frame, from, i);
                from = i + 3;
                i += 2;
            }
        }
        add(units, frame, from, frame.length);
        return units;
    }

    private static void add(List<Unit> units, byte[] frame, int from, int to) {
        int end = to;
        while (from >= 0 && end > from && frame[end - 1] == 0) {
            end--;
        }
        if (from >= 0 && end > from && NalType.of(frame, from) != NalType.ACCESS_UNIT_DELIMITER) {
            units.add(new Unit(from, end));
        }
    }
}
