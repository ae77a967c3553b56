package org.everytake.studio.delivery;

import java.util.Locale;
import org.everytake.studio.library.Film;

/** A film as an HLS media playlist (RFC 8216): one that grows, and one that is whole once no piece follows. */
final class Playlist {
    /** At most so long is a piece, rounded to whole seconds. */
    private static final int TARGET_SECONDS = 4;

    private Playlist() {}

    static String of(Film film, String beginning) {
        StringBuilder out = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n");
        out.append("#EXT-X-TARGETDURATION:").append(TARGET_SECONDS).append('\n');
        out.append("#EXT-X-MEDIA-SEQUENCE:0\n");
        out.append("#EXT-X-PLAYLIST-TYPE:")
                .append(film.over() ? "VOD" : "EVENT")
                .append('\n');
        out.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
        out.append("#EXT-X-START:TIME-OFFSET=0\n"); // from the beginning, even while it goes on
        out.append("#EXT-X-MAP:URI=\"").append(beginning).append("\"\n");
        for (int number = 0; number < film.pieces().size(); number++) {
            double seconds = film.pieces().get(number).durationNanos() / 1e9;
            out.append(String.format(Locale.ROOT, "#EXTINF:%.5f,\n%d.m4s\n", seconds, number));
        }
        if (film.over()) {
            out.append("#EXT-X-ENDLIST\n");
        }
        return out.toString();
    }
}
