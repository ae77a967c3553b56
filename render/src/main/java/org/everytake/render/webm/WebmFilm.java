package org.everytake.render.webm;

import java.util.List;
import org.everytake.render.Chapter;

/**
 * A file to be written.
 *
 * @param title of it; may be empty
 * @param chapters places to go to, in order; there may be none
 * @param tracks pictures first
 */
public record WebmFilm(String title, long durationNanos, List<Chapter> chapters, List<WebmTrack> tracks) {
    public WebmFilm {
        chapters = List.copyOf(chapters);
        tracks = List.copyOf(tracks);
    }

    /** The track by which players seek: where there are pictures, a key frame is the place to go to. */
    int seekTrack() {
        return 0;
    }
}
