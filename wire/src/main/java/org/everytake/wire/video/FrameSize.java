package org.everytake.wire.video;

/** A picture's size in one number, so that the path of a packet can ask for it without an object. */
public final class FrameSize {
    /** Not said. */
    public static final int UNKNOWN = 0;

    private static final int MOST = 0xFFFF;

    private FrameSize() {}

    /** Width and height in pixels as one number; {@link #UNKNOWN} unless both are 1 to 65535. */
    public static int of(int width, int height) {
        return width < 1 || height < 1 || width > MOST || height > MOST ? UNKNOWN : width << 16 | height;
    }

    public static int width(int size) {
        return size >>> 16;
    }

    public static int height(int size) {
        return size & MOST;
    }
}
