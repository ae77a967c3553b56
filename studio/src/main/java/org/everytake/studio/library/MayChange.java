package org.everytake.studio.library;

import io.javalin.http.Context;
import org.everytake.studio.http.Refused;

/** Who may change a recording: rename it, delete it and bring it back, have a file of it made again. */
@FunctionalInterface
public interface MayChange {
    /** Whoever has the link: without accounts nothing tells people apart. */
    MayChange WHOEVER_HAS_THE_LINK = (context, recording) -> {};

    /**
     * Asked at the top of each request that changes a recording, which is there.
     *
     * @throws Refused if whoever asks may not
     */
    void check(Context context, Recording recording);
}
