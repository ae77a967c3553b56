package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.material.Judged;
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

/** MP3s of a recording, decoded and measured against its composite. */
class SoundRenderingTest {
    private static final double ANNA_PITCH = 1000;
    private static final double BEN_PITCH = 1700;
    private static final double SECONDS = 14;

    @TempDir
    Path folder;

    private RecordedTape tape() throws Exception {
        Script script = Script.of("Weekly “review”", "anna").stops(SECONDS);
        Performer anna = new Performer(script, "anna", 3, 100);
        anna.camera(VideoClip.flashes("0x204060", 320, 180), 0, SECONDS);
        anna.microphone(SoundClip.beeps(ANNA_PITCH, 31), 0, SECONDS);
        script.joins(4, "ben", "Zoë Ben").leaves(10, "ben");
        new Performer(script, "ben", 0, -50).microphone(SoundClip.beeps(BEN_PITCH, 31), 4, 10);
        return RealTape.of(script, folder.resolve("spool"));
    }

    private Judged render(RecordedTape tape, Timeline timeline, Preset preset, Path tool) throws Exception {
        Path file = folder.resolve("made." + preset.container().extension());
        List<Double> progress = new ArrayList<>();
        Rendered rendered = new Renderer(Ffmpeg.find(tool), folder.resolve("scratch"))
                .render(RenderPlan.of(timeline, preset), tape, new MemoryOutput(file), progress::add);
        assertThat(rendered.sizeBytes()).isEqualTo(Files.size(file));
        assertThat(rendered.durationNanos()).isEqualTo((long) (SECONDS * 1e9));
        assertThat(progress).isSorted().endsWith(1.0);
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
        return new Judged(file, preset.framesPerSecond());
    }

    /** The real tool, which leaves an empty file for each start, as it may write nothing into one: named for its encoder. */
    private Path listening() throws Exception {
        Path tool = folder.resolve("listening");
        Files.writeString(tool, """
                #!/bin/sh
                case "$*" in
                  *264*) kind=picture ;;
                  *libmp3lame*) kind=mp3 ;;
                  *) kind=other ;;
                esac
                case "$*" in *"-i "*) : > "%s/started-$kind-$$" ;; esac
                exec %s "$@"
                """.formatted(folder, Ffmpeg.find(null).tool()));
        return Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    }

    private static void assertWhole(Judged judged) throws Exception {
        judged.decodes();
        assertThat(judged.probe("a:0", "stream=codec_name,sample_rate,channels,bit_rate"))
                .isEqualTo("mp3\n48000\n1\n128000");
        assertThat(judged.probe("a:0", "format=duration")).startsWith("14.0");
        assertThat(judged.samples()).as("exactly as long as the recording").hasSize((int) (SECONDS * 48_000));
    }

    @Test
    void REN_5_beepsOfTheMixAreWhereTheyAreInTheComposite() throws Exception {
        try (RecordedTape tape = tape()) {
            Timeline timeline = Timeline.of(tape);
            Judged mix = render(tape, timeline, Preset.SOUND, listening());

            assertWhole(mix);
            assertThat(folder.toFile().list((in, name) -> name.startsWith("started-")))
                    .as("one encoder, and no picture")
                    .hasSize(1)
                    .allMatch(name -> name.startsWith("started-mp3-"));
            assertThat(mix.probe("a:0", "format_tags=title,artist")).isEqualTo("Weekly “review”\nAnna, Zoë Ben");
            short[] sound = mix.samples();
            short[] composite = render(
                            tape, timeline, Preset.COMPOSITE, Ffmpeg.find(null).tool())
                    .samples();
            for (double pitch : List.of(ANNA_PITCH, BEN_PITCH)) {
                List<Double> expected = Judged.beeps(composite, pitch);
                List<Double> heard = Judged.beeps(sound, pitch);
                assertThat(heard).hasSameSizeAs(expected).hasSizeGreaterThan(4);
                assertThat(Judged.offsetsMillis(expected, heard))
                        .as("%s Hz after the composite, ms", pitch)
                        .allMatch(offset -> Math.abs(offset) < 5);
            }
        }
    }

    @Test
    void REN_1_aParticipantsSoundIsAsLongAsTheRecordingAndSilentWhereTheyWereAway() throws Exception {
        try (RecordedTape tape = tape()) {
            Judged ben = render(
                    tape,
                    Timeline.of(tape).only("ben"),
                    Preset.SOUND,
                    Ffmpeg.find(null).tool());

            assertWhole(ben);
            assertThat(ben.probe("a:0", "format_tags=artist")).isEqualTo("Zoë Ben");
            short[] samples = ben.samples();
            assertSilent(samples, 0, 3.9);
            assertSilent(samples, 10.3, SECONDS);
            assertThat(Judged.beeps(samples, BEN_PITCH))
                    .hasSizeGreaterThan(4)
                    .allMatch(beep -> beep > 4 && beep < 10.2);
        }
    }

    private static void assertSilent(short[] samples, double from, double to) {
        for (int i = (int) (from * 48_000); i < to * 48_000; i++) {
            assertThat(samples[i]).as("silence at sample %s", i).isBetween((short) -40, (short) 40);
        }
    }

    @Test
    void theInformationFrameSaysWhatFfmpegSaysWhereItCanGoBack() throws Exception {
        try (RecordedTape tape = tape()) {
            render(tape, Timeline.of(tape), Preset.SOUND, Ffmpeg.find(null).tool());
        }
        byte[] ours = Files.readAllBytes(folder.resolve("made.mp3"));
        Path wave = folder.resolve("made.wav");
        Path theirs = folder.resolve("theirs.mp3");
        Tools.run("ffmpeg", "-v", "error", "-i", folder.resolve("made.mp3").toString(), wave.toString());
        Tools.run("ffmpeg", "-v", "error", "-i", wave.toString(), "-b:a", "128k", theirs.toString());
        byte[] reference = Files.readAllBytes(theirs);
        int our = info(ours);
        int their = info(reference);
        // frames, bytes, delay and padding, length
        for (int[] field : new int[][] {{8, 16}, {141, 144}, {148, 152}}) {
            for (int i = field[0]; i < field[1]; i++) {
                assertThat(ours[our + i]).as("byte %s", i).isEqualTo(reference[their + i]);
            }
        }
    }

    private static int info(byte[] file) {
        for (int i = 0; ; i++) {
            if (file[i] == 'I' && file[i + 1] == 'n' && file[i + 2] == 'f' && file[i + 3] == 'o') {
                return i;
            }
        }
    }

    @Test
    void aToolThatCannotMakeMp3SaysSo() throws Exception {
        Path tool = folder.resolve("poor");
        Files.writeString(tool, """
                #!/bin/sh
                case "$*" in
                  *-decoders*) echo ' V..... vp8 x'; exit 0;;
                  *-encoders*) echo ' V..... libx264 x'; echo ' A..... aac x'; exit 0;;
                  *-version*) echo 'ffmpeg version 9 x'; exit 0;;
                esac
                echo "Unknown encoder 'libmp3lame'" >&2
                exit 1
                """);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        try (RecordedTape tape = tape()) {
            Timeline timeline = Timeline.of(tape);
            assertThatThrownBy(() -> render(tape, timeline, Preset.SOUND, tool))
                    .isInstanceOf(RenderFault.class)
                    .hasMessageContaining("libmp3lame");
        }
    }
}
