package org.everytake.render.picture;

/** How large pictures are, in pixels. */
record Size(int width, int height) {
    /** Whether it is not known. */
    boolean isEmpty() {
        return width < 1 || height < 1;
    }
}
