package org.everytake.render.picture;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.everytake.render.Chunk;
import org.everytake.render.Crew;
import org.everytake.render.RenderFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has chunks encoded by one FFmpeg after another: a chunk that failed three times is encoded without its pictures, so that
 * placeholders are seen, and a remark says from when to when. Thread-safe if its list is.
 */
public final class Attempts {
    private static final Logger log = LoggerFactory.getLogger(Attempts.class);
    private static final int MOST = 3;

    /** Encodes a chunk from its first picture to its last, whatever an earlier attempt left. */
    @FunctionalInterface
    public interface Encoding {
        void of(Chunk chunk) throws RenderFault, IOException, InterruptedException;
    }

    private final Crew crew;
    private final int framesPerSecond;
    private final List<String> remarks;

    /**
     * @param crew after whose end nothing is attempted
     * @param remarks gets a sentence for each chunk that shows placeholders
     */
    public Attempts(Crew crew, int framesPerSecond, List<String> remarks) {
        this.crew = crew;
        this.framesPerSecond = framesPerSecond;
        this.remarks = remarks;
    }

    /**
     * Encodes a chunk.
     *
     * @param failed why it failed once already, or null
     * @throws RenderFault if not even placeholders can be encoded, or the crew has ended
     */
    public void encode(Chunk chunk, @Nullable RenderFault failed, Encoding encoding)
            throws RenderFault, IOException, InterruptedException {
        RenderFault last = failed;
        for (int attempt = failed == null ? 1 : 2; attempt <= MOST; attempt++) {
            try {
                encoding.of(chunk);
                return;
            } catch (RenderFault e) {
                if (crew.isOver()) {
                    throw e;
                }
                log.warn("Chunk {} failed ({} of {})", chunk.ticks(), attempt, MOST, e);
                last = e;
            }
        }
        remarks.add("From " + time(chunk.ticks().start()) + " to "
                + time(chunk.ticks().end()) + " the picture could not be made and placeholders are shown: "
                + (last == null ? "" : last.getMessage()));
        encoding.of(chunk.withoutPictures());
    }

    private String time(long tick) {
        long tenths = tick * 10 / framesPerSecond;
        return String.format(Locale.ROOT, "%d:%02d.%d", tenths / 600, tenths / 10 % 60, tenths % 10);
    }
}
