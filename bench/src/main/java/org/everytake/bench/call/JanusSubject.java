package org.everytake.bench.call;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Janus. */
record JanusSubject(Janus janus, Place place) implements Subject {
    @Override
    public String name() {
        return "Janus";
    }

    @Override
    public ProcessMeter meter() {
        return new ProcessMeter(janus.pid());
    }

    @Override
    public Generator load(List<String> launcher, LoadClip.Codec codec, int roomSize) throws IOException {
        String address = "ws://" + place.server() + ":" + Janus.PORT;
        return Generator.start(launcher, Generator.janus(address, janus.recordings()), place.local(), codec, roomSize);
    }

    @Override
    public @Nullable Scrape scrape() {
        return null;
    }

    @Override
    public void close() {
        janus.close();
    }
}
