package org.everytake.render.webm;

/**
 * What comes before and after the bytes of a block (RFC 9559, section 5.1.3.4 and 10).
 *
 * <pre>
 *  0 track, 0x80 and its number | 1 time since its cluster's (16 bits, signed) | 3 flags | 4 the bytes
 * </pre>
 *
 * A block with a duration, or with padding, has a group of its own.
 */
final class BlockWriter {
    private static final int HEAD = 4;
    private static final int KEY_FRAME = 0x80;

    private BlockWriter() {}

    static byte[] before(WebmTrack track, int number, int block, long clusterMillis) {
        Blocks blocks = track.blocks();
        int size = HEAD + blocks.size(block);
        boolean grouped = isGrouped(track, block);
        EbmlWriter out = new EbmlWriter();
        if (grouped) {
            long content = EbmlWriter.headLength(Id.BLOCK, size) + size + after(track, block).length;
            out.head(Id.BLOCK_GROUP, content).head(Id.BLOCK, size);
        } else {
            out.head(Id.SIMPLE_BLOCK, size);
        }
        out.big(0x80 | number, 1).big(blocks.millis(block) - clusterMillis, 2);
        return out.big(blocks.isKey(block) && !grouped ? KEY_FRAME : 0, 1).toByteArray();
    }

    static byte[] after(WebmTrack track, int block) {
        EbmlWriter out = new EbmlWriter();
        if (track.blocks().durationMillis(block) > 0) {
            out.unsigned(Id.BLOCK_DURATION, track.blocks().durationMillis(block));
        }
        if (isPadded(track, block)) {
            out.signed(Id.DISCARD_PADDING, track.paddingNanos());
        }
        return out.toByteArray();
    }

    static long length(WebmTrack track, int block) {
        long size = HEAD + track.blocks().size(block);
        if (!isGrouped(track, block)) {
            return EbmlWriter.headLength(Id.SIMPLE_BLOCK, size) + size;
        }
        long content = EbmlWriter.headLength(Id.BLOCK, size) + size + after(track, block).length;
        return EbmlWriter.headLength(Id.BLOCK_GROUP, content) + content;
    }

    private static boolean isGrouped(WebmTrack track, int block) {
        return track.blocks().durationMillis(block) > 0 || isPadded(track, block);
    }

    private static boolean isPadded(WebmTrack track, int block) {
        return track.paddingNanos() > 0 && block == track.blocks().count() - 1;
    }
}
