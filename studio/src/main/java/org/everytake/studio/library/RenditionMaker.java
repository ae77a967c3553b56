package org.everytake.studio.library;

import java.util.UUID;

/** Has renditions made: what the API needs of those who render. */
public interface RenditionMaker {
    /** Queues the work for a rendition that is queued, within the transaction of the calling thread. */
    void make(UUID rendition);

    /** Takes the work back; a worker that is at it is told to leave off, which may take it a moment. */
    void cancel(UUID rendition);
}
