package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.material.MemoryTape;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A render that was cut short goes on where it was. */
class ResumingTest {
    @TempDir
    Path folder;

    /** Pieces that are there once they are closed, as a folder has them that outlives a crash. */
    private static final class Lasting implements Pieces {
        final Map<String, byte[]> whole = new ConcurrentHashMap<>();
        final Set<String> created = ConcurrentHashMap.newKeySet();

        @Override
        public OutputStream create(String name) {
            created.add(name);
            whole.remove(name);
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    whole.put(name, toByteArray());
                }
            };
        }

        @Override
        public InputStream open(String name) throws IOException {
            byte[] bytes = whole.get(name);
            if (bytes == null) {
                throw new FileNotFoundException(name);
            }
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public boolean has(String name) {
            return whole.containsKey(name);
        }
    }

    private byte[] render(Pieces pieces, Progress progress) throws Exception {
        Script script = Script.of("Cut short", "anna").stops(4);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.flashes("0x204060", 320, 180), 0, 4);
        anna.microphone(SoundClip.beeps(1000, 31), 0, 4);
        script.joins(1, "ben", "Ben").joins(2, "cara", "Cara").joins(3, "dan", "Dan");
        MemoryTape tape = new MemoryTape(script);
        RenderPlan plan = RenderPlan.of(Timeline.of(tape), Preset.COMPOSITE);
        assertThat(plan.chunks()).hasSize(4);
        Path file = folder.resolve("film.mp4");
        Output output = new Output() {
            @Override
            public Pieces pieces() {
                return pieces;
            }

            @Override
            public OutputStream file() throws IOException {
                return Files.newOutputStream(file);
            }
        };
        Rendered rendered =
                new Renderer(Ffmpeg.find(null), folder.resolve("scratch")).render(plan, tape, output, progress);
        assertThat(rendered.remarks()).isEmpty();
        return Files.readAllBytes(file);
    }

    @Test
    void REN_8_whatIsEncodedIsNotEncodedAgainAndTheFileIsTheSame() throws Exception {
        Lasting pieces = new Lasting();
        Progress cutShort = new Progress() {
            @Override
            public void at(double fraction) {}

            @Override
            public boolean cancelled() {
                return pieces.whole.keySet().stream().anyMatch(name -> name.endsWith(".samples"));
            }
        };
        assertThatThrownBy(() -> render(pieces, cutShort)).isInstanceOf(CancellationException.class);
        Set<String> there = new HashSet<>();
        pieces.whole.keySet().stream()
                .filter(name -> pieces.has(name + ".samples"))
                .forEach(there::add);
        assertThat(there).isNotEmpty();

        pieces.created.clear();
        byte[] resumed = render(pieces, Progress.SILENT);
        assertThat(pieces.created).doesNotContainAnyElementsOf(there).contains("sound");
        assertThat(resumed).isEqualTo(render(new Lasting(), Progress.SILENT));
    }
}
