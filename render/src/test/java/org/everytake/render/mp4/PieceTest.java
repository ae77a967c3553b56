package org.everytake.render.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PieceTest {
    private static Piece piece(long... ticks) {
        List<CodedPicture> pictures = Arrays.stream(ticks)
                .mapToObj(lasting -> new CodedPicture(new byte[] {(byte) lasting, 1, 2}, lasting == ticks[0], lasting))
                .toList();
        return new Piece(3, 160, pictures, 301, List.of(new byte[] {7, 7}, new byte[] {8}));
    }

    @Test
    void whatIsWrittenIsReadAgainHoweverLongItsPicturesAreShown() throws Exception {
        for (long[] ticks : new long[][] {{1, 1, 1}, {25, 1, 54}, {80}}) {
            Piece written = piece(ticks);
            Piece read = Piece.of(written.bytes());
            assertThat(read.number()).isEqualTo(3);
            assertThat(read.firstTick()).isEqualTo(160);
            assertThat(read.firstFrame()).isEqualTo(301);
            assertThat(read.ticks()).isEqualTo(Arrays.stream(ticks).sum());
            assertThat(read.bytes()).isEqualTo(written.bytes());
            assertThat(read.pictures())
                    .extracting(CodedPicture::ticks)
                    .containsExactlyElementsOf(Arrays.stream(ticks).boxed().toList());
        }
    }

    @Test
    void durationsAreWrittenOnlyWhereTheyDiffer() {
        assertThat(piece(25, 1, 54).bytes().length).isEqualTo(piece(1, 1, 1).bytes().length + 3 * 4);
    }

    @Test
    void aPieceThatIsCutOffIsRefused() {
        byte[] whole = piece(25, 1, 54).bytes();
        assertThatThrownBy(() -> Piece.of(Arrays.copyOf(whole, whole.length - 4)))
                .isInstanceOf(IOException.class);
    }
}
