package org.everytake.render.media;

import java.util.Iterator;
import org.everytake.render.Clip;

/** Where the pictures of clips come from. */
@FunctionalInterface
public interface PictureSource {
    /**
     * The pictures of a clip in their order; the iterator belongs to one thread.
     *
     * @param fromNanos session time from which on they are needed, {@link Long#MIN_VALUE} for all: earlier ones may be left
     *     out, or not
     */
    Iterator<Picture> pictures(Clip clip, long fromNanos);
}
