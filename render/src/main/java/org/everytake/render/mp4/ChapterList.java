package org.everytake.render.mp4;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.everytake.render.Chapter;

/**
 * The {@code chpl} of a movie's user data, as Nero brought it into MP4 and most players read it.
 *
 * <pre>
 *  0 version 1, flags 0 | 4 zero (32 bits) | 8 how many (8 bits), then of each:
 *  0 when it begins, in units of 100 ns (64 bits) | 8 length of the title (8 bits) | 9 title, UTF-8
 * </pre>
 */
final class ChapterList {
    private static final int MOST = 255;
    private static final int MOST_TITLE_BYTES = 255;
    private static final int UNIT_NANOS = 100;

    private ChapterList() {}

    static void into(BoxWriter data, List<Chapter> chapters) {
        data.fullBox("chpl", 1, 0, box -> {
            List<Chapter> named = chapters.subList(0, Math.min(MOST, chapters.size()));
            box.u32(0).u8(named.size());
            for (Chapter chapter : named) {
                byte[] title = title(chapter);
                box.u64(chapter.nanos() / UNIT_NANOS).u8(title.length).raw(title);
            }
        });
    }

    /** As many whole characters as there is room for. */
    private static byte[] title(Chapter chapter) {
        CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        ByteBuffer out = ByteBuffer.allocate(MOST_TITLE_BYTES);
        encoder.encode(CharBuffer.wrap(chapter.title()), out, true);
        return Arrays.copyOf(out.array(), out.position());
    }
}
