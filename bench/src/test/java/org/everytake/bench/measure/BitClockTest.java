package org.everytake.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitClockTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1007, 65_535, 65_536, 4_194_303})
    void whatIsDrawnIsRead(long millis) {
        Gray picture = drawn(millis);
        assertThat(BitClock.read(picture, picture.whole())).isEqualTo(OptionalLong.of(millis));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 9, 23, 24, 31})
    void aFlippedCellIsNoticed(int cell) {
        Gray picture = drawn(123_456);
        int width = TestCard.WIDTH * 9 / 160;
        int height = TestCard.HEIGHT * 2 / 25;
        int left = TestCard.WIDTH / 20 + cell % 16 * width;
        int top = TestCard.HEIGHT * 2 / 25 + cell / 16 * height;
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                int at = y * picture.width() + x;
                picture.luma()[at] = (byte) (255 - (picture.luma()[at] & 0xff));
            }
        }
        assertThat(BitClock.read(picture, picture.whole())).isEmpty();
    }

    private static Gray drawn(long millis) {
        byte[] rgb = new byte[TestCard.WIDTH * TestCard.HEIGHT * 3];
        CardClip.draw(rgb, TestCard.clip(0), millis / 1000.0);
        byte[] luma = new byte[TestCard.WIDTH * TestCard.HEIGHT];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = rgb[i * 3 + 1];
        }
        return new Gray(luma, TestCard.WIDTH, TestCard.HEIGHT);
    }
}
