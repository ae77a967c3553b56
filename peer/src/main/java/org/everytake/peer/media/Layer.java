package org.everytake.peer.media;

import java.util.List;
import org.everytake.peer.clip.Clip;

/**
 * One of the sizes in which a camera is sent at once (RFC 8853).
 *
 * @param rid its name; empty if there is but one size
 * @param clip of which the video is taken, and of the largest layer's the audio
 */
public record Layer(String rid, Clip clip) {
    /** All that is sent is this clip. */
    public static List<Layer> only(Clip clip) {
        return List.of(new Layer("", clip));
    }

    /** The same at three sizes, named {@code q}, {@code h} and {@code f}. */
    public static List<Layer> simulcast(Clip quarter, Clip half, Clip full) {
        return List.of(new Layer("q", quarter), new Layer("h", half), new Layer("f", full));
    }
}
