package org.everytake.render.webm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebmWriterTest {
    private static final byte[] HEAD = HexFormat.of().parseHex("4f7075734865616401013801" + "80bb0000000000");

    private static String hex(EbmlWriter out) {
        return HexFormat.of().formatHex(out.toByteArray());
    }

    @Test
    void sizesTakeAsFewBytesAsTheyCan() {
        assertThat(hex(new EbmlWriter().size(0))).isEqualTo("80");
        assertThat(hex(new EbmlWriter().size(126))).isEqualTo("fe");
        assertThat(hex(new EbmlWriter().size(127)))
                .as("all ones would mean unknown")
                .isEqualTo("407f");
        assertThat(hex(new EbmlWriter().size(16_382))).isEqualTo("7ffe");
        assertThat(hex(new EbmlWriter().size(16_383))).isEqualTo("203fff");
        assertThat(hex(new EbmlWriter().size(5, 8))).isEqualTo("0100000000000005");
    }

    @Test
    void elementsAreIdSizeAndPayload() {
        assertThat(hex(new EbmlWriter().unsigned(0xD7, 0))).isEqualTo("d78100");
        assertThat(hex(new EbmlWriter().unsigned(0x2AD7B1, 1_000_000))).isEqualTo("2ad7b1830f4240");
        assertThat(hex(new EbmlWriter().real(0x4489, 1.0))).isEqualTo("4489883ff0000000000000");
        assertThat(hex(new EbmlWriter().text(0x4282, "webm"))).isEqualTo("4282847765626d");
        assertThat(hex(new EbmlWriter().master(0xE0, video -> video.unsigned(0xB0, 320))))
                .isEqualTo("e084b0820140");
    }

    private static WebmTrack pictures(double seconds, int keyEvery) {
        Blocks blocks = new Blocks();
        for (int i = 0; i < seconds * 25; i++) {
            blocks.add(i * 40_000_000L, 10, i % keyEvery == 0);
        }
        return WebmTrack.pictures("V_VP8", new byte[0], "", 320, 180, 40_000_000, blocks);
    }

    private static WebmTrack sound(double seconds) {
        Blocks blocks = new Blocks();
        for (int i = 0; i < seconds * 50; i++) {
            blocks.add(i * 20_000_000L, 5, true);
        }
        return WebmTrack.opus(HEAD, "", 6_500_000, 1_000_000, blocks);
    }

    private static WebmFilm film(WebmTrack... tracks) {
        return new WebmFilm("", 1_000_000_000, List.of(), List.of(tracks));
    }

    @Test
    void aClusterBeginsWithEachKeyFrameAndIsNeverLong() {
        List<Cluster> often = Cluster.of(film(pictures(10, 80), sound(10)));
        assertThat(often).extracting(Cluster::millis).containsExactly(0L, 3200L, 6400L, 9600L);
        assertThat(often).allMatch(Cluster::isSeekable);
        assertThat(often.getFirst().blocks()).isEqualTo(80 + 160);
        List<Cluster> seldom = Cluster.of(film(pictures(12, 275), sound(12)));
        assertThat(seldom).extracting(Cluster::millis).containsExactly(0L, 5000L, 10_000L, 11_000L);
        assertThat(seldom).extracting(Cluster::isSeekable).containsExactly(true, false, false, true);
        List<Cluster> heard = Cluster.of(film(sound(12)));
        assertThat(heard).extracting(Cluster::millis).containsExactly(0L, 5000L, 10_000L);
        assertThat(heard).allMatch(Cluster::isSeekable);
    }

    @Test
    void pictureComesBeforeSoundOfTheSameTime() {
        Interleaving order = new Interleaving(List.of(pictures(0.08, 1), sound(0.1)));
        List<Integer> tracks = new ArrayList<>();
        while (order.next()) {
            tracks.add(order.track());
        }
        assertThat(tracks).containsExactly(0, 1, 1, 0, 1, 1, 1);
    }

    private static InputStream bytes(int count) {
        return new ByteArrayInputStream(new byte[count]);
    }

    @Test
    void theFileIsAsLongAsItsSegmentSays() throws Exception {
        WebmFilm film = film(pictures(10, 80), sound(10));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Long> counted = new ArrayList<>();
        long size =
                WebmWriter.write(out, film, List.of(bytes(2500), bytes(2500)), (written, all) -> counted.add(written));
        assertThat(size).isEqualTo(out.size());
        assertThat(counted).isSorted().endsWith(size);
        byte[] file = out.toByteArray();
        int segment = indexOf(file, new byte[] {0x18, 0x53, (byte) 0x80, 0x67});
        long says = 0;
        for (int i = 5; i < 12; i++) {
            says = says << 8 | file[segment + i] & 0xFF;
        }
        assertThat(segment + 12 + says).isEqualTo(size);
    }

    @Test
    void aPieceThatIsTooShortIsNoticed() {
        WebmFilm film = film(pictures(1, 80));
        assertThatThrownBy(() ->
                        WebmWriter.write(new ByteArrayOutputStream(), film, List.of(bytes(249)), (written, all) -> {}))
                .isInstanceOf(EOFException.class);
    }

    private static int indexOf(byte[] in, byte[] wanted) {
        for (int i = 0; i + wanted.length <= in.length; i++) {
            if (Arrays.equals(in, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
