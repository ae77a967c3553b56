package org.everytake.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LikenessTest {
    @TempDir
    Path folder;

    private Path film(String name, String source) throws IOException {
        Path film = folder.resolve(name);
        Tool.ffmpeg(List.of("-f", "lavfi", "-i", source, "-c:v", "ffv1", film.toString()));
        return film;
    }

    @Test
    void aFilmIsLikeItselfAndLessLikeAnother() throws IOException {
        Path film = film("film.mkv", "testsrc2=s=160x90:r=10:d=1");
        Path spoilt = film("spoilt.mkv", "testsrc2=s=160x90:r=10:d=1,drawbox=t=fill:c=red:enable='eq(n,4)'");
        assertThat(Likeness.ssim(film, film)).isEqualTo(1);
        assertThat(Likeness.ssim(spoilt, film)).isBetween(0.8, 0.97);
        assertThat(Likeness.psnr(film, film, 10)).hasSize(10).containsOnly(Double.POSITIVE_INFINITY);
        List<Double> decibels = Likeness.psnr(spoilt, film, 10);
        assertThat(decibels.get(4)).isLessThan(20);
        assertThat(decibels.stream().filter(value -> value < 35)).hasSize(1);
    }

    @Test
    void aPictureThatStandsIsHeld() throws IOException {
        Path film = film("held.mkv", "testsrc2=s=160x90:r=10:d=1,tpad=stop=5:stop_mode=clone");
        List<Boolean> held = Likeness.held(film, 10);
        assertThat(held).hasSize(15);
        assertThat(held.subList(0, 10)).containsOnly(false);
        assertThat(held.subList(10, 15)).containsOnly(true);
    }
}
