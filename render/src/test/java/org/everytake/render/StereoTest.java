package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.layout.Layout;
import org.everytake.render.material.Judged;
import org.everytake.render.material.Made;
import org.everytake.render.material.MemoryOutput;
import org.everytake.render.material.Performer;
import org.everytake.render.material.RealTape;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.Tools;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.read.RecordedTape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who came first is heard on the left, everybody else on the right. */
class StereoTest {
    private static final double ANNA = 1000;
    private static final double BEN = 1700;
    private static final double CARL = 2600;

    @TempDir
    Path folder;

    private static Script script() throws IOException {
        Script script = Script.of("Call", "anna", "ben", "carl").stops(4);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.flashes("0x204060", 320, 180), 0, 4);
        anna.microphone(SoundClip.tone(ANNA, 0.4, 10), 0, 4);
        new Performer(script, "ben", 1, 0).microphone(SoundClip.tone(BEN, 0.3, 10), 0, 4);
        new Performer(script, "carl", 2, 0).microphone(SoundClip.tone(CARL, 0.2, 10), 0, 4);
        return script;
    }

    /** How loud a pitch is in a channel between the second and the third second, of 1. */
    private static double level(Path file, String channel, double pitch) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Tools.run(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-vn",
                        "-af",
                        "pan=mono|c0=" + channel,
                        "-f",
                        "s16le",
                        "pipe:1"))
                .order(ByteOrder.LITTLE_ENDIAN);
        double re = 0;
        double im = 0;
        for (int i = 48_000 * 2; i < 48_000 * 3; i++) {
            double phase = 2 * Math.PI * pitch * i / 48_000;
            re += bytes.getShort(2 * i) * Math.cos(phase);
            im += bytes.getShort(2 * i) * Math.sin(phase);
        }
        return Math.hypot(re, im) * 2 / 48_000 / 32_768;
    }

    private static void keepsThemApart(Path file) throws IOException {
        assertThat(level(file, "FL", ANNA)).isCloseTo(0.4, within(0.06));
        assertThat(level(file, "FR", BEN)).isCloseTo(0.3, within(0.05));
        assertThat(level(file, "FR", CARL)).isCloseTo(0.2, within(0.04));
        assertThat(level(file, "FR", ANNA)).isLessThan(0.002);
        assertThat(level(file, "FL", BEN)).isLessThan(0.002);
        assertThat(level(file, "FL", CARL)).isLessThan(0.002);
    }

    @Test
    void REN_3_anMp4InAacStereo() throws Exception {
        Made made = Made.of(script(), Preset.STEREO, folder);
        assertThat(made.judged().probe("a:0", "stream=channel_layout")).isEqualTo("stereo");
        keepsThemApart(made.file());
    }

    @Test
    void REN_5_aWavToBeWrittenDown() throws Exception {
        Path file = folder.resolve("call.wav");
        try (RecordedTape tape = RealTape.of(script(), folder.resolve("spool"))) {
            Rendered rendered = new Renderer(Ffmpeg.find(null), folder.resolve("scratch"))
                    .render(
                            RenderPlan.of(Timeline.of(tape), Preset.WAV_STEREO),
                            tape,
                            new MemoryOutput(file),
                            Progress.SILENT);
            assertThat(rendered.sizeBytes()).isEqualTo(Files.size(file)).isEqualTo(44 + 4L * 4 * 48_000);
        }
        assertThat(new Judged(file, 25).probe("a:0", "stream=codec_name,channels,duration"))
                .isEqualTo("pcm_s16le\n2\n4.000000");
        keepsThemApart(file);
    }

    @Test
    void thereIsNoStereoOfWhatHasRoomForOneChannelOnly() {
        assertThatThrownBy(() -> new Preset(
                        "webm",
                        Preset.Container.WEBM,
                        25,
                        64_000,
                        2,
                        new Preset.Picture(320, 180, 30, Layout.GRID, ZoneOffset.UTC),
                        new Preset.Video(Coding.VP8, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 channels");
        assertThatThrownBy(() -> new Preset("wav", Preset.Container.WAV, 25, 64_000, 3, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
