package org.everytake.render;

/** What is the same for all pictures of a pane within a chunk. */
public record Look(Coding coding, Orientation orientation) {
    /** Of a pane without a picture, which has no look. */
    static final Look NONE = new Look(Coding.VP8, Orientation.UPRIGHT);
}
