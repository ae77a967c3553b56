package org.everytake.render.remux;

import java.io.IOException;

/** Gets the pictures of a file in the order of their times. */
@FunctionalInterface
interface PictureLine {
    /**
     * The next picture.
     *
     * @param nanos session time; rises
     * @param sent whether a camera sent it, rather than that it stands for none
     * @param coded as decoders take it; not to be changed
     */
    void add(long nanos, boolean keyFrame, boolean sent, byte[] coded) throws IOException;
}
