package org.everytake.bench.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.everytake.bench.measure.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class X264Test {
    @TempDir
    Path folder;

    private Path film(String name, String... encoder) throws IOException {
        Path film = folder.resolve(name);
        List<String> arguments = new ArrayList<>(
                List.of("-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=1", "-c:v", "libx264", "-preset", "ultrafast"));
        arguments.addAll(List.of(encoder));
        arguments.add(film.toString());
        Tool.ffmpeg(arguments);
        return film;
    }

    @Test
    void filmsOfTheSameSettingsSayTheSameWhateverTheThreads() throws IOException {
        List<String> one = X264.settings(film("one.mp4", "-crf", "23", "-threads", "1"));
        assertThat(one).contains("crf=23.0", "me=dia");
        assertThat(X264.settings(film("two.mp4", "-crf", "23", "-threads", "3")))
                .isEqualTo(one);
        assertThat(X264.settings(film("three.mp4", "-crf", "24", "-threads", "1")))
                .isNotEqualTo(one);
    }

    @Test
    void aFilmThatSaysNothingIsAFault() throws IOException {
        Path silent = Files.writeString(folder.resolve("silent.mp4"), "nothing");
        assertThatThrownBy(() -> X264.settings(silent)).isInstanceOf(IOException.class);
    }
}
