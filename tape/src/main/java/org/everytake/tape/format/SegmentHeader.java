package org.everytake.tape.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.everytake.tape.TapeFault;

/**
 * The first bytes of a segment.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                     magic: "ETSG" 45545347                    |  0
 * +-------------------------------+-------------------------------+
 * |          version: 1           |       recording length        |  4
 * +-------------------------------+-------------------------------+
 * |                            ordinal                            |  8
 * +---------------------------------------------------------------+
 * |            recording: 64 bytes of ASCII, then zeros           |  12
 * +---------------------------------------------------------------+
 * |                   salt: 32 bytes, random                      |  76
 * +---------------------------------------------------------------+
 * |                     key check: 16 bytes                       |  108
 * +---------------------------------------------------------------+
 * |                CRC-32C of all bytes before it                 |  124
 * +---------------------------------------------------------------+
 * </pre>
 *
 * Magic, version and CRC keep their places in every version, so that an old program can say "newer" and be sure of it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SegmentHeader(String recording, int ordinal, byte[] salt, byte[] keyCheck) {
    public static final int MAGIC = 0x45545347;
    public static final int VERSION = 1;
    public static final int RECORDING_OFFSET = 12;
    public static final int MAX_RECORDING_BYTES = 64;
    public static final int SALT_OFFSET = 76;
    public static final int SALT_BYTES = 32;
    public static final int KEY_CHECK_OFFSET = 108;
    public static final int KEY_CHECK_BYTES = 16;
    public static final int CRC_OFFSET = 124;
    public static final int BYTES = 128;

    private static final Pattern RECORDING = Pattern.compile("[A-Za-z0-9-]{1," + MAX_RECORDING_BYTES + "}");

    public SegmentHeader {
        requireId(recording);
        if (ordinal < 1 || salt.length != SALT_BYTES || keyCheck.length != KEY_CHECK_BYTES) {
            throw new IllegalArgumentException("ordinal " + ordinal + ", salt or key check of a wrong length");
        }
    }

    /** The id, if it can be a folder's name and stand in a header. */
    public static String requireId(String recording) {
        if (!isId(recording)) {
            throw new IllegalArgumentException(
                    "a recording's id is 1 to 64 letters, digits and hyphens, not \"" + recording + "\"");
        }
        return recording;
    }

    /** Whether a recording can have this id. */
    public static boolean isId(String name) {
        return RECORDING.matcher(name).matches();
    }

    public byte[] encode() {
        byte[] id = recording.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.putInt(MAGIC).putShort((short) VERSION).putShort((short) id.length).putInt(ordinal);
        out.put(id).position(SALT_OFFSET);
        out.put(salt).put(keyCheck);
        out.putInt(crc(out.array()));
        return out.array();
    }

    /**
     * @throws Damaged if these bytes are no segment header
     * @throws TapeFault if a newer program wrote it
     */
    public static SegmentHeader decode(byte[] bytes) throws Damaged, TapeFault {
        if (bytes.length < BYTES) {
            throw new Damaged("the segment ends within its header");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getInt(0) != MAGIC || in.getInt(CRC_OFFSET) != crc(bytes)) {
            throw new Damaged("the segment's header is damaged");
        }
        int version = in.getShort(4) & 0xFFFF;
        if (version > VERSION) {
            throw new TapeFault("This segment was written by a newer program (format " + version
                    + "; this program knows up to " + VERSION + "). Use that program, or a newer one.");
        }
        int length = in.getShort(6) & 0xFFFF;
        if (version < 1 || length > MAX_RECORDING_BYTES) {
            throw new Damaged("the segment's header makes no sense");
        }
        String recording = new String(bytes, RECORDING_OFFSET, length, StandardCharsets.US_ASCII);
        try {
            return new SegmentHeader(
                    recording,
                    in.getInt(8),
                    Arrays.copyOfRange(bytes, SALT_OFFSET, SALT_OFFSET + SALT_BYTES),
                    Arrays.copyOfRange(bytes, KEY_CHECK_OFFSET, KEY_CHECK_OFFSET + KEY_CHECK_BYTES));
        } catch (IllegalArgumentException e) {
            throw new Damaged("the segment's header makes no sense", e);
        }
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_OFFSET);
        return (int) crc.getValue();
    }
}
