package org.everytake.render.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.everytake.render.Chapter;
import org.everytake.render.Chapter.Happening;
import org.junit.jupiter.api.Test;

class ChapterListTest {
    private static Chapter joins(long nanos, String name) {
        return new Chapter(nanos, List.of(new Happening(Chapter.Kind.JOINED, name)));
    }

    private static byte[] box(List<Chapter> chapters) {
        BoxWriter out = new BoxWriter();
        ChapterList.into(out, chapters);
        return out.toByteArray();
    }

    @Test
    void eachHasItsTimeInUnitsOf100NanosecondsAndItsTitle() {
        assertThat(HexFormat.of().formatHex(box(List.of(joins(0, "A"), joins(2_000_000_000L, "é")))))
                .isEqualTo(
                        "00000032" + HexFormat.of().formatHex("chpl".getBytes(StandardCharsets.US_ASCII)) + "01000000"
                                + "00000000" + "02"
                                + "0000000000000000" + "07" + "41206a6f696e73"
                                + "0000000001312d00" + "08" + "c3a9206a6f696e73");
    }

    @Test
    void aTitleThatIsTooLongIsCutBetweenCharacters() {
        byte[] box = box(List.of(joins(0, "x" + "🙂".repeat(100))));
        int length = box[25] & 0xFF;
        assertThat(length).isEqualTo(1 + 63 * 4);
        String title = new String(Arrays.copyOfRange(box, 26, box.length), StandardCharsets.UTF_8);
        assertThat(title).isEqualTo("x" + "🙂".repeat(63));
    }

    @Test
    void whatThereIsNoRoomForIsLeftOut() {
        byte[] box = box(Collections.nCopies(300, joins(0, "A")));
        assertThat(box[16] & 0xFF).isEqualTo(255);
        assertThat(box).hasSize(17 + 255 * 16);
    }
}
