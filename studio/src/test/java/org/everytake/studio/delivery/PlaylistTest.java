package org.everytake.studio.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.everytake.studio.library.Film;
import org.junit.jupiter.api.Test;

class PlaylistTest {
    private static Film film(boolean over) {
        return new Film(
                new UUID(0, 1),
                new byte[] {1},
                List.of(new Film.Piece(3_200_000_000L, 100), new Film.Piece(1_040_000_000L, 30)),
                over);
    }

    @Test
    void REN_8_aFilmThatGoesOnHasAPlaylistThatGrowsAndIsPlayedFromItsBeginning() {
        assertThat(Playlist.of(film(false), "beginning.mp4")).isEqualTo("""
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:4
                #EXT-X-MEDIA-SEQUENCE:0
                #EXT-X-PLAYLIST-TYPE:EVENT
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-START:TIME-OFFSET=0
                #EXT-X-MAP:URI="beginning.mp4"
                #EXTINF:3.20000,
                0.m4s
                #EXTINF:1.04000,
                1.m4s
                """);
    }

    @Test
    void REN_8_oneThatIsOverSaysSo() {
        assertThat(Playlist.of(film(true), "beginning.mp4"))
                .contains("#EXT-X-PLAYLIST-TYPE:VOD\n")
                .endsWith("1.m4s\n#EXT-X-ENDLIST\n");
    }
}
