package org.everytake.wire.rtcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * Names of sources (RFC 3550, section 6.5).
 *
 * <pre>
 * |V=2|P|   SC    |  PT=SDES=202  |             length            |
 * |                       SSRC of chunk 1                         |
 * |   item type   |  item length  |   text ...                    |
 * |   ...   then a zero byte, and zeros up to a multiple of four  |
 * |                       SSRC of chunk 2 ...                     |
 * </pre>
 */
public record SourceDescription(List<Chunk> chunks) implements RtcpPacket {
    public static final int PACKET_TYPE = 202;

    /** The item type of a canonical name. */
    public static final int CNAME = 1;

    public SourceDescription {
        if (chunks.size() > 31) {
            throw new IllegalArgumentException(chunks.size() + " chunks, at most 31");
        }
        chunks = List.copyOf(chunks);
    }

    /** One source's items. */
    public record Chunk(long ssrc, List<Item> items) {
        public Chunk {
            items = List.copyOf(items);
        }

        /** The canonical name, or null if the chunk has none. */
        public @Nullable String cname() {
            return items.stream()
                    .filter(item -> item.type() == CNAME)
                    .map(Item::text)
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * One item.
     *
     * @param type 1 to 255, {@link #CNAME} for the canonical name
     * @param value at most 255 bytes, UTF-8 if the sender keeps to the RFC
     */
    public record Item(int type, byte[] value) {
        public Item {
            if (type < 1 || type > 255 || value.length > 255) {
                throw new IllegalArgumentException("item " + type + " of " + value.length + " bytes");
            }
        }

        public String text() {
            return new String(value, StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Item that && type == that.type && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * type + Arrays.hashCode(value);
        }
    }

    /** A description that says one canonical name. */
    public static SourceDescription cname(long ssrc, String name) {
        return new SourceDescription(List.of(
                new Chunk(ssrc, List.of(new Item(CNAME, name.getBytes(StandardCharsets.UTF_8))))));
    }

    static SourceDescription parse(int count, RtcpPackets.Body body) throws Malformed {
        List<Chunk> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long ssrc = body.u32("SDES chunk");
            List<Item> items = new ArrayList<>(1);
            for (int type = body.u8("SDES item"); type != 0; type = body.u8("SDES item")) {
                items.add(new Item(type, body.bytes(body.u8("SDES item"), "SDES item")));
            }
            body.align4("SDES chunk");
            chunks.add(new Chunk(ssrc, items));
        }
        return new SourceDescription(chunks);
    }

    @Override
    public int packetType() {
        return PACKET_TYPE;
    }

    @Override
    public int countOrFormat() {
        return chunks.size();
    }

    @Override
    public void writeBody(ByteWriter out) {
        for (Chunk chunk : chunks) {
            out.u32(chunk.ssrc);
            for (Item item : chunk.items) {
                out.u8(item.type).u8(item.value.length).bytes(item.value);
            }
            out.u8(0).align4();
        }
    }
}
