package org.everytake.bench.call;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server under load. */
interface Subject extends AutoCloseable {
    String name();

    ProcessMeter meter();

    /**
     * The load for it, of which nobody has joined yet.
     *
     * @param launcher what starts the generator
     */
    Generator load(List<String> launcher, LoadClip.Codec codec, int roomSize) throws IOException;

    /** What it says of itself; null if nothing. */
    @Nullable
    Scrape scrape() throws IOException, InterruptedException;

    @Override
    void close();
}
