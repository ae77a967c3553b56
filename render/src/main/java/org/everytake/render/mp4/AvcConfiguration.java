package org.everytake.render.mp4;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * H.264 as files hold it (ISO/IEC 14496-15, section 5): units with their lengths before them rather than start codes, and
 * the AVCDecoderConfigurationRecord.
 */
public final class AvcConfiguration {
    private static final int TYPE = 0x1F;
    private static final int SEQUENCE_PARAMETERS = 7;
    private static final int PICTURE_PARAMETERS = 8;

    /** From this profile on the record tells of colour, too, but for the extended one (section 5.3.3.1.2). */
    private static final int HIGH_PROFILE = 100;

    private AvcConfiguration() {}

    /** The units of an access unit with start codes (Annex B), without these. */
    public static List<byte[]> units(byte[] annexB) {
        List<byte[]> units = new ArrayList<>();
        int begin = -1;
        for (int i = 0; i + 2 < annexB.length; i++) {
            if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
                add(units, annexB, begin, i);
                begin = i + 3;
                i += 2;
            }
        }
        add(units, annexB, begin, annexB.length);
        return units;
    }

    private static void add(List<byte[]> units, byte[] annexB, int from, int to) {
        int end = to;
        while (from >= 0 && end > from && annexB[end - 1] == 0) { // the longer start code's first byte, or padding
            end--;
        }
        if (from >= 0 && end > from) {
            units.add(Arrays.copyOfRange(annexB, from, end));
        }
    }

    /** Whether a unit holds parameters. */
    public static boolean isParameters(byte[] unit) {
        return type(unit) == SEQUENCE_PARAMETERS || type(unit) == PICTURE_PARAMETERS;
    }

    private static int type(byte[] unit) {
        return unit[0] & TYPE;
    }

    /** These units, each with its length in four bytes before it. */
    public static byte[] withLengths(List<byte[]> units) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] unit : units) {
            out.writeBytes(new BoxWriter().u32(unit.length).toByteArray());
            out.writeBytes(unit);
        }
        return out.toByteArray();
    }

    /** The record of a key frame's units; empty if they have no parameters. */
    public static byte[] record(List<byte[]> units) {
        List<byte[]> sequence =
                units.stream().filter(unit -> type(unit) == SEQUENCE_PARAMETERS).toList();
        List<byte[]> picture =
                units.stream().filter(unit -> type(unit) == PICTURE_PARAMETERS).toList();
        if (sequence.isEmpty() || sequence.getFirst().length < 4) {
            return new byte[0];
        }
        byte[] first = sequence.getFirst();
        BoxWriter out = new BoxWriter();
        out.u8(1).u8(first[1]).u8(first[2]).u8(first[3]).u8(0xFC | 3); // lengths of four bytes
        out.u8(0xE0 | sequence.size());
        sequence.forEach(unit -> out.u16(unit.length).raw(unit));
        out.u8(picture.size());
        picture.forEach(unit -> out.u16(unit.length).raw(unit));
        if ((first[1] & 0xFF) >= HIGH_PROFILE) {
            out.u8(0xFC | 1).u8(0xF8).u8(0xF8).u8(0); // 4:2:0 of eight bits, which is what WebRTC sends
        }
        return out.toByteArray();
    }
}
