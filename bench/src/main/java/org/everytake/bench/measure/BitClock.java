package org.everytake.bench.measure;

import java.util.OptionalLong;

/**
 * A time in milliseconds as 32 black and white cells, two rows of 16:
 *
 * <pre>
 *   cell  0  1  2 ................ 23  24 ....... 31
 *         W  B  22 bits of time, high   8 bits of check,
 *               bit first               CRC-8 of the time's three bytes
 * </pre>
 *
 * <p>White and black calibrate the threshold for a picture that was compressed and scaled. The time wraps after 69
 * minutes.
 */
public final class BitClock {

    public static final int CELLS = 32;
    private static final int TIME_BITS = TestCard.CLOCK_BITS;
    private static final double LEAST_CONTRAST = 40;

    private BitClock() {}

    /** The cells that show a time, true is white. */
    public static boolean[] cells(long millis) {
        long time = millis & (1 << TIME_BITS) - 1;
        long bits = (2L << TIME_BITS | time) << 8 | check(time);
        boolean[] cells = new boolean[CELLS];
        for (int i = 0; i < CELLS; i++) {
            cells[i] = (bits >> (CELLS - 1 - i) & 1) != 0;
        }
        return cells;
    }

    /** The time that the card in this pane of the picture shows; empty when it cannot be read with certainty. */
    public static OptionalLong read(Gray picture, Region pane) {
        double white = picture.mean(cell(pane, 0));
        double black = picture.mean(cell(pane, 1));
        if (white - black < LEAST_CONTRAST) {
            return OptionalLong.empty();
        }
        double threshold = (white + black) / 2;
        long bits = 0;
        for (int i = 2; i < CELLS; i++) {
            bits = bits << 1 | (picture.mean(cell(pane, i)) > threshold ? 1 : 0);
        }
        long time = bits >> 8;
        return check(time) == (bits & 0xff) ? OptionalLong.of(time) : OptionalLong.empty();
    }

    /** The middle of a cell, away from its blurred edges. */
    private static Region cell(Region pane, int index) {
        double width = (TestCard.CLOCK_RIGHT - TestCard.CLOCK_LEFT) / TestCard.CLOCK_COLUMNS;
        double height = (TestCard.CLOCK_BOTTOM - TestCard.CLOCK_TOP) / 2;
        double left = TestCard.CLOCK_LEFT + width * (index % TestCard.CLOCK_COLUMNS);
        int row = index / TestCard.CLOCK_COLUMNS;
        double top = TestCard.CLOCK_TOP + height * row;
        return pane.part(left + width * 0.3, top + height * 0.3, left + width * 0.7, top + height * 0.7);
    }

    /** CRC-8 (polynomial x^8 + x^2 + x + 1, starting from 0xff) of the time's three bytes. */
    private static int check(long time) {
        int crc = 0xff;
        for (int shift = 16; shift >= 0; shift -= 8) {
            crc ^= (int) (time >> shift) & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) != 0 ? (crc << 1 ^ 0x07) & 0xff : crc << 1;
            }
        }
        return crc;
    }
}
