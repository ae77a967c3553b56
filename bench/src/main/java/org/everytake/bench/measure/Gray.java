package org.everytake.bench.measure;

/** One decoded picture, luma only, a byte per pixel. The array is used again for the next frame. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Gray(byte[] luma, int width, int height) {

    /** Mean luma (0 to 255) of the part of the region that lies in the picture. */
    public double mean(Region region) {
        int fromX = Math.max(0, region.x());
        int fromY = Math.max(0, region.y());
        int toX = Math.min(width, region.x() + region.width());
        int toY = Math.min(height, region.y() + region.height());
        long sum = 0;
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                sum += luma[y * width + x] & 0xff;
            }
        }
        long count = (long) Math.max(0, toX - fromX) * Math.max(0, toY - fromY);
        return count == 0 ? 0 : (double) sum / count;
    }

    /** The whole picture as a region. */
    public Region whole() {
        return new Region(0, 0, width, height);
    }
}
