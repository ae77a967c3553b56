package org.everytake.render.live;

import java.io.IOException;

/** Takes the pieces of a film as they are made, and keeps them. One thread calls. */
public interface PieceSink {
    /**
     * What comes before the first piece; told before the first piece that is made, be it the first of all or not.
     *
     * @throws IOException if it cannot be kept, or is not what the pieces that are there begin with
     */
    void beginning(byte[] bytes) throws IOException;

    /**
     * The next piece.
     *
     * @param number from 0, without a gap
     * @param durationNanos how long its pictures last
     */
    void piece(int number, long durationNanos, byte[] bytes) throws IOException;
}
