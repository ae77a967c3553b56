package org.everytake.bench.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of the top boxes of an ISO base media file (ISO/IEC 14496-12, section 4.2).
 *
 * <pre>
 *   0        4        8                16
 *   +--------+--------+----------------+----
 *   |  size  |  type  | size64, if size is 1
 *   +--------+--------+----------------+----
 * </pre>
 */
public final class Atoms {

    private Atoms() {}

    /** The types of the top boxes, in file order. */
    public static List<String> order(Path file) throws IOException {
        List<String> types = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            long at = 0;
            while (at + 8 <= channel.size()) {
                ByteBuffer header = ByteBuffer.allocate(16);
                channel.read(header, at);
                header.flip();
                long size = header.getInt() & 0xffffffffL;
                byte[] type = new byte[4];
                header.get(type);
                types.add(new String(type, StandardCharsets.ISO_8859_1));
                if (size == 1 && header.remaining() >= 8) {
                    size = header.getLong();
                } else if (size == 0) {
                    break;
                }
                if (size < 8) {
                    throw new IOException("A box of " + size + " bytes at " + at + " of " + file);
                }
                at += size;
            }
        }
        return types;
    }

    /** Whether a player can begin before it has the whole file: {@code moov} comes before {@code mdat}. */
    public static boolean fastStart(Path file) throws IOException {
        List<String> order = order(file);
        return order.contains("moov") && order.indexOf("moov") < order.indexOf("mdat");
    }
}
