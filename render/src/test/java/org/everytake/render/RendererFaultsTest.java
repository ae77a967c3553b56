package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.material.MemoryOutput;
import org.everytake.render.material.MemoryTape;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendererFaultsTest {
    @TempDir
    Path folder;

    private MemoryTape tape() {
        Script script = Script.of("Faults", "anna").stops(120);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.heads(320, 180), 0, 120);
        anna.microphone(SoundClip.heads(), 0, 120);
        return new MemoryTape(script);
    }

    private Path tool(String last) throws IOException {
        Path tool = folder.resolve("ffmpeg");
        Files.writeString(tool, """
                #!/bin/sh
                case "$*" in
                  *-decoders*) echo ' V..... vp8 x'; exit 0;;
                  *-encoders*) echo ' V..... libx264 x'; echo ' A..... aac x'; exit 0;;
                  *-version*) echo 'ffmpeg version 9 x'; exit 0;;
                esac
                """ + last);
        return Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }

    private Rendered render(Ffmpeg ffmpeg, MemoryTape tape, Output output, Progress progress) throws Exception {
        RenderPlan plan = RenderPlan.of(Timeline.of(tape), Preset.COMPOSITE);
        return new Renderer(ffmpeg, folder.resolve("scratch")).render(plan, tape, output, progress);
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("render-"));
    }

    @Test
    void aToolThatIsMissingIsSaidSo() {
        assertThatThrownBy(() -> Ffmpeg.find(folder.resolve("nowhere")))
                .isInstanceOf(RenderFault.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void aToolWithoutTheEncodersIsSaidSo() throws Exception {
        Path tool = folder.resolve("poor");
        Files.writeString(tool, "#!/bin/sh\necho nothing\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> Ffmpeg.find(tool))
                .isInstanceOf(RenderFault.class)
                .hasMessageContaining("lacks an encoder");
    }

    @Test
    void whatFfmpegSaysLastIsTold() throws Exception {
        Ffmpeg broken = Ffmpeg.find(tool("echo 'the reason' >&2\nexit 3\n"));
        assertThatThrownBy(() -> render(broken, tape(), new MemoryOutput(folder.resolve("x")), Progress.SILENT))
                .isInstanceOf(RenderFault.class)
                .hasMessageContaining("the reason");
        assertNothingLeft();
    }

    @Test
    void aRenderIsCancelledWhileFfmpegHangs() throws Exception {
        Ffmpeg hanging = Ffmpeg.find(tool("exec sleep 600\n"));
        Progress impatient = new Progress() {
            @Override
            public void at(double fraction) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> render(hanging, tape(), new MemoryOutput(folder.resolve("x")), impatient))
                .isInstanceOf(CancellationException.class);
        assertNothingLeft();
    }

    @Test
    void anInterruptEndsARender() throws Exception {
        CountDownLatch moving = new CountDownLatch(1);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        MemoryTape tape = tape();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                render(Ffmpeg.find(null), tape, new MemoryOutput(folder.resolve("x")), f -> moving.countDown());
                told.complete(new AssertionError("It ended by itself"));
            } catch (Exception e) {
                told.complete(e);
            }
        });
        assertThat(moving.await(60, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        assertThat(told.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertNothingLeft();
    }

    @Test
    void aFullDiskIsSaidSo() throws Exception {
        MemoryOutput full = new MemoryOutput(folder.resolve("x")) {
            @Override
            public OutputStream create(String name) {
                return new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
            }
        };
        assertThatThrownBy(() -> render(Ffmpeg.find(null), tape(), full, Progress.SILENT))
                .isInstanceOf(RenderFault.class)
                .hasMessageContaining("No space left");
        assertNothingLeft();
    }

    private MemoryTape shortTape() {
        Script script = Script.of("Faults", "anna").stops(3);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.heads(320, 180), 0, 3);
        anna.microphone(SoundClip.heads(), 0, 3);
        return new MemoryTape(script);
    }

    /** The machine's, but for what is done when it shall decode a camera. */
    private Ffmpeg withCameras(String instead) throws Exception {
        Path real = Ffmpeg.find(null).tool();
        return Ffmpeg.find(tool("""
                case "$*" in
                  *' ivf '*) %s;;
                esac
                exec %s "$@"
                """.formatted(instead, real), real));
    }

    /** The machine's own answers to what it can do, then something else. */
    private Path tool(String last, Path real) throws IOException {
        Path tool = folder.resolve("ffmpeg");
        Files.writeString(tool, """
                #!/bin/sh
                case "$*" in
                  *-decoders*|*-encoders*|*-version*) exec %s "$@";;
                esac
                """.formatted(real) + last);
        return Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aChunkThatFailedTwiceIsWhole() throws Exception {
        // nobody may write a file there, but everybody may make a folder
        String twice = "mkdir %1$s/1 2>/dev/null && exit 3; mkdir %1$s/2 2>/dev/null && exit 3".formatted(folder);
        Rendered rendered =
                render(withCameras(twice), shortTape(), new MemoryOutput(folder.resolve("x")), Progress.SILENT);
        assertThat(folder.resolve("2")).exists();
        assertThat(rendered.durationNanos()).isEqualTo(3_000_000_000L);
        assertThat(rendered.remarks()).noneMatch(remark -> remark.contains("placeholders"));
    }

    @Test
    void aChunkThatFailsThreeTimesShowsPlaceholdersAndTheRestIsWhole() throws Exception {
        Ffmpeg failing = withCameras("echo 'this camera' >&2; exit 3");
        Rendered rendered = render(failing, shortTape(), new MemoryOutput(folder.resolve("x")), Progress.SILENT);
        assertThat(rendered.durationNanos()).isEqualTo(3_000_000_000L);
        assertThat(rendered.remarks())
                .containsExactly("From 0:00.0 to 0:03.0 the picture could not be made and placeholders are shown: "
                        + "FFmpeg failed (3): this camera");
        assertNothingLeft();
    }

    @Test
    void anFfmpegThatHangsIsKilledAndItsChunkShowsPlaceholders() throws Exception {
        Ffmpeg hanging = withCameras("exec sleep 600");
        RenderPlan plan = RenderPlan.of(Timeline.of(shortTape()), Preset.COMPOSITE);
        Rendered rendered = new Renderer(hanging, folder.resolve("scratch"), () -> false, () -> 30 * System.nanoTime())
                .render(plan, shortTape(), new MemoryOutput(folder.resolve("x")), Progress.SILENT);
        assertThat(rendered.durationNanos()).isEqualTo(3_000_000_000L);
        assertThat(rendered.remarks()).singleElement().asString().contains("placeholders are shown", "was killed");
        assertNothingLeft();
    }
}
