package org.everytake.bench.measure;

/** A rectangle of pixels in a picture. */
public record Region(int x, int y, int width, int height) {

    public Region {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("Empty region: " + width + " by " + height);
        }
    }

    /** The part of this region that lies at the given fractions (0 to 1) of it; at least one pixel. */
    public Region part(double left, double top, double right, double bottom) {
        int fromX = x + (int) Math.round(width * left);
        int fromY = y + (int) Math.round(height * top);
        int toX = x + (int) Math.round(width * right);
        int toY = y + (int) Math.round(height * bottom);
        return new Region(fromX, fromY, Math.max(1, toX - fromX), Math.max(1, toY - fromY));
    }
}
