package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.material.MemoryOutput;
import org.everytake.render.material.MemoryTape;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renders wait as long as a call needs the machine. */
class GivingWayTest {
    @TempDir
    Path folder;

    private Rendered render(BooleanSupplier machineTaken, Progress progress) throws Exception {
        Script script = Script.of("A call beside it", "anna").stops(4);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.heads(320, 180), 0, 4);
        anna.microphone(SoundClip.heads(), 0, 4);
        MemoryTape tape = new MemoryTape(script);
        RenderPlan plan = RenderPlan.of(Timeline.of(tape), Preset.COMPOSITE);
        return new Renderer(Ffmpeg.find(null), folder.resolve("scratch"), machineTaken)
                .render(plan, tape, new MemoryOutput(folder.resolve("x")), progress);
    }

    @Test
    void whatReadsPicturesAndSoundWaitsAndThenGoesOn() throws Exception {
        Set<String> waiting = ConcurrentHashMap.newKeySet();
        AtomicInteger asked = new AtomicInteger();
        Rendered rendered = render(
                () -> {
                    waiting.add(Thread.currentThread().getName());
                    return asked.incrementAndGet() < 30;
                },
                Progress.SILENT);
        assertThat(rendered.durationNanos()).isEqualTo(4_000_000_000L);
        assertThat(waiting).contains("render-feed-anna", "render-mixer");
    }

    @Test
    void whoWaitsCanBeCancelled() {
        Progress impatient = new Progress() {
            @Override
            public void at(double fraction) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> render(() -> true, impatient)).isInstanceOf(CancellationException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("render-"));
    }
}
