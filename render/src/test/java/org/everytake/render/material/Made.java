package org.everytake.render.material;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.everytake.render.Preset;
import org.everytake.render.Rect;
import org.everytake.render.RenderPlan;
import org.everytake.render.Rendered;
import org.everytake.render.Renderer;
import org.everytake.render.Timeline;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.tape.read.RecordedTape;

/** A film that was made of a script. */
public record Made(RenderPlan plan, Rendered rendered, Path file, Judged judged, List<Double> progress) {
    /** The middle of a pane. */
    public Rect middle(int chunk, int pane) {
        Rect at = plan.chunks().get(chunk).panes().get(pane).at();
        return new Rect(
                at.x() + at.width() / 4 & ~1, at.y() + at.height() / 4 & ~1, at.width() / 2 & ~1, at.height() / 2 & ~1);
    }

    /** Renders a script, perhaps one person of it only, and checks what holds of every film. */
    public static Made of(Script script, Preset preset, Path folder, String... only) throws Exception {
        RecordedTape tape = RealTape.of(script, folder.resolve("spool"));
        Timeline timeline = Timeline.of(tape, preset);
        for (String person : only) {
            timeline = timeline.only(person);
        }
        RenderPlan plan = RenderPlan.of(timeline, preset);
        Path file = folder.resolve(preset.name() + "." + preset.container().extension());
        List<Double> progress = new ArrayList<>();
        Rendered rendered = new Renderer(Ffmpeg.find(null), folder.resolve("scratch"))
                .render(plan, tape, new MemoryOutput(file), progress::add);
        assertThat(rendered.sizeBytes()).isEqualTo(Files.size(file));
        Judged judged = new Judged(file, preset.framesPerSecond());
        judged.decodes();
        assertThat(judged.probe("v:0", "stream=codec_name,width,height,start_time,pix_fmt"))
                .isEqualTo(String.join(
                        "\n",
                        preset.coded().coding().name().toLowerCase(Locale.ROOT),
                        "" + preset.canvas().width(),
                        "" + preset.canvas().height(),
                        "yuv420p",
                        "0.000000"));
        if (moves(plan)) {
            assertThat(judged.probe("v:0", "stream=r_frame_rate")).isEqualTo(preset.framesPerSecond() + "/1");
        }
        boolean webm = preset.container() == Preset.Container.WEBM;
        assertThat(judged.probe("a:0", "stream=codec_name,sample_rate,channels,start_time"))
                // what Opus has before the first sample comes before zero and is left out
                .isEqualTo(webm ? "opus\n48000\n1\n-0.007000" : "aac\n48000\n" + preset.channels() + "\n0.000000");
        assertThat(judged.frames()).isEqualTo((int) plan.ticks());
        // the last AAC frame is decoded whole, whatever the edit list says of its end
        assertThat((long) judged.samples().length).isBetween(plan.samples(), plan.samples() + (webm ? 0 : 1023));
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
        tape.close();
        String keep = System.getProperty("everytake.keep");
        if (keep != null) { // to look at what was made
            Files.copy(
                    file,
                    Path.of(keep, plan.title().replace(' ', '-') + "-" + file.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return new Made(plan, rendered, file, judged, progress);
    }

    /** Whether there is a camera all the time: then there is a picture on each tick. */
    private static boolean moves(RenderPlan plan) {
        return plan.chunks().stream()
                .allMatch(chunk -> chunk.panes().stream()
                        .anyMatch(pane -> !pane.screen() && !pane.visible().isEmpty()));
    }
}
