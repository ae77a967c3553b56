package org.everytake.tape.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands before each sealed box. In clear, so that batches can be found without the key, but authenticated.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                     magic: "ETBT" 45544254                    |  0
 * +---------------------------------------------------------------+
 * |                             number                            |  4
 * +---------------------------------------------------------------+
 * |                              take                             |  8
 * +---------------------------------------------------------------+
 * |               length of what follows, tag included            |  12
 * +-------------------------------+-------------------------------+
 * |             flags             |          zero                 |  16
 * +-------------------------------+-------------------------------+
 * |                CRC-32C of all bytes before it                 |  20
 * +---------------------------------------------------------------+
 * |        sealed records, AES-256-GCM, and 16 bytes of tag       |  24
 * </pre>
 *
 * @param number of the batch in its segment, from 0; it is the nonce, too
 * @param take 0 for the journal
 * @param length of the sealed box in bytes
 */
public record BatchHeader(int number, int take, int length, int flags) {
    public static final int MAGIC = 0x45544254;
    public static final int CRC_OFFSET = 20;
    public static final int BYTES = 24;
    public static final int TAG_BYTES = 16;
    /** More than any batch that is written, little enough to read into memory on a stranger's word. */
    public static final int MAX_LENGTH = 16 << 20;

    /** The segment's last batch: it holds an END record, and an INDEX. */
    public static final int FLAG_END = 1;
    /** The batch begins with a description. */
    public static final int FLAG_DESCRIBES = 2;
    /** With END: the recording ends here, too, unless it is taken up again after an interruption. */
    public static final int FLAG_FINAL = 4;

    public boolean end() {
        return (flags & FLAG_END) != 0;
    }

    public boolean describes() {
        return (flags & FLAG_DESCRIBES) != 0;
    }

    /** Length of header and box together. */
    public int totalBytes() {
        return BYTES + length;
    }

    public void encode(byte[] out, int offset) {
        ByteBuffer.wrap(out, offset, BYTES)
                .putInt(MAGIC)
                .putInt(number)
                .putInt(take)
                .putInt(length)
                .putShort((short) flags)
                .putShort((short) 0)
                .putInt(crc(out, offset));
    }

    /** The header at this place, or null if there is none. */
    public static @Nullable BatchHeader decode(byte[] bytes, int offset) {
        if (bytes.length - offset < BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, BYTES);
        if (in.getInt() != MAGIC || ByteBuffer.wrap(bytes).getInt(offset + CRC_OFFSET) != crc(bytes, offset)) {
            return null;
        }
        BatchHeader header = new BatchHeader(in.getInt(), in.getInt(), in.getInt(), in.getShort() & 0xFFFF);
        boolean sane =
                header.number >= 0 && header.take >= 0 && header.length >= TAG_BYTES && header.length <= MAX_LENGTH;
        return sane ? header : null;
    }

    private static int crc(byte[] bytes, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, CRC_OFFSET);
        return (int) crc.getValue();
    }
}
