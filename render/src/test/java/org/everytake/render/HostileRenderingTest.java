package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.layout.Layout;
import org.everytake.render.material.Made;
import org.everytake.render.material.MemoryOutput;
import org.everytake.render.material.MemoryTape;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.wire.codec.VideoCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever came over the network, there is a film of what there is, which says what is missing. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class HostileRenderingTest {
    private static final String GREEN = "0x20c020";

    @TempDir
    Path folder;

    private int films;

    /** Ben is in order, whatever Anna sends, and is seen to the end. */
    private Made besideBen(Script script, Preset preset) throws Exception {
        new Performer(script, "ben", 0, 0).camera(VideoClip.flashes(GREEN, 320, 180), 0, 4);
        Made made = Made.of(script.stops(4), preset, Files.createDirectories(folder.resolve("film" + films++)));
        assertThat(made.judged().colour(3.5, ben(made))[1]).isGreaterThan(130);
        return made;
    }

    private static Rect ben(Made made) {
        List<Pane> panes = made.plan().chunks().getLast().panes();
        for (int i = 0; i < panes.size(); i++) {
            if (panes.get(i).person().equals("ben")) {
                return made.middle(made.plan().chunks().size() - 1, i);
            }
        }
        throw new AssertionError("Ben is not there");
    }

    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void payloadThatNoDecoderTakesIsADarkPaneAndARemark(VideoCodec codec) throws Exception {
        Script script = Script.of("Noise " + codec, "anna", "ben");
        new Performer(script, "anna", 0, 0)
                .camera(VideoClip.flashes(codec, "0xc02020", 320, 180).spoilt(), 0, 4);
        Made made = besideBen(script, Preset.COMPOSITE);
        if (codec != VideoCodec.VP8) { // whose decoders make a picture of anything
            assertThat(made.rendered().remarks())
                    .hasSize(1)
                    .first()
                    .asString()
                    .containsAnyOf("could not be decoded", "without a whole picture");
        }
    }

    @Test
    void soundThatNoDecoderTakesIsSilenceAndARemark() throws Exception {
        Script script = Script.of("Crackle", "anna", "ben");
        new Performer(script, "anna", 0, 0).microphone(SoundClip.broken(), 0, 4);
        Made made = besideBen(
                script,
                Preset.COMPOSITE.with(
                        Layout.FILMSTRIP, Preset.COMPOSITE.canvas().zone()));
        assertThat(made.rendered().remarks()).anyMatch(remark -> remark.contains("could not be decoded"));
    }

    @Test
    void aPictureOfOnePixelIsSeen() throws Exception {
        Script script = Script.of("Pixel", "anna", "ben");
        new Performer(script, "anna", 0, 0).camera(VideoClip.of("color=c=0xc02020:s=16x16:r=30,scale=1:1"), 0, 4);
        Made made = besideBen(script, Preset.COMPOSITE);
        assertThat(made.judged().colour(3.5, made.middle(0, 0))[0]).isGreaterThan(130);
        assertThat(made.rendered().remarks()).isEmpty();
    }

    @Test
    void aPictureThatIsVeryWideIsSeenAsALine() throws Exception {
        for (Layout layout : List.of(Layout.GRID, Layout.TWO_SIDED)) {
            Script script = Script.of("Wide", "anna", "ben");
            new Performer(script, "anna", 0, 0).camera(VideoClip.still(VideoCodec.VP8, "0xc02020", 16_000, 256), 0, 4);
            besideBen(
                    script,
                    Preset.COMPOSITE.with(layout, Preset.COMPOSITE.canvas().zone()));
        }
    }

    @Test
    void picturesOfSizesThatNothingCanShowAreLeftOutAndSaidSo() throws Exception {
        Script script = Script.of("Sizes", "anna", "ben", "carl");
        new Performer(script, "anna", 0, 0).camera(VideoClip.heads(16_383, 1), 0, 4);
        new Performer(script, "carl", 0, 0).camera(VideoClip.heads(16_383, 16_383), 0, 4);
        Made made = besideBen(script, Preset.COMPOSITE);
        assertThat(made.rendered().remarks())
                .containsExactly(
                        "Anna sent pictures of 16383x1, which nothing here can show: it is not seen.",
                        "Carl sent pictures of 16383x16383, which nothing here can show: it is not seen.");
    }

    @Test
    void aTapeWithoutAKeyFrameIsAPlaceholderAndSaidSo() throws Exception {
        Script script = Script.of("No key frame", "anna", "ben");
        new Performer(script, "anna", 0, 0)
                .losing(sequence -> (sequence - 65_000) % 60 == 0)
                .camera(VideoClip.heads(640, 360), 0, 4);
        Made made = besideBen(script, Preset.COMPOSITE);
        assertThat(made.rendered().remarks())
                .containsExactly("Anna sent VP8 without a whole picture to begin with: it is not seen.");
    }

    @Test
    void aClockThatRunsBackwardsDoesNoHarm() throws Exception {
        Script script = Script.of("Backwards", "anna", "ben");
        Performer anna = new Performer(script, "anna", 0, 0).backwards();
        anna.camera(VideoClip.flashes("0xc02020", 320, 180), 0, 4);
        anna.microphone(SoundClip.tone(440, 0.2, 4), 0, 4);
        besideBen(script, Preset.COMPOSITE);
    }

    @Test
    void aJournalThatContradictsItselfDoesNoHarm() throws Exception {
        Script script = Script.of("Contradictions", "anna", "ben");
        new Performer(script, "anna", 0, 0).camera(VideoClip.flashes("0xc02020", 320, 180), 0, 4);
        script.leaves(1, "nobody")
                .joins(1, "anna", "Anna")
                .leaves(2, "anna")
                .leaves(2, "anna")
                .joins(3, "anna", "");
        script.mutes(1, "nobody", Kind.MICROPHONE, false).mutes(2, "nobody", Kind.CAMERA, true);
        script.at(2, new Event.SenderReported(99, 3, -1, -1, -1, -1));
        script.at(2, new Event.SenderReported(1, 0, Long.MAX_VALUE, 0, 0, 0));
        script.at(3.9, new Event.RecordingStopped("early"));
        besideBen(script, Preset.COMPOSITE);
    }

    @Test
    void aRecordingOfNothingIsAFilmInEachLayout() throws Exception {
        int layouts = 0;
        for (Layout layout : List.of(Layout.SCREEN, Layout.FILMSTRIP, Layout.SPEAKER, Layout.TWO_SIDED)) {
            Made made = Made.of(
                    Script.of("Nothing").stops(1),
                    Preset.COMPOSITE.with(layout, Preset.COMPOSITE.canvas().zone()),
                    Files.createDirectories(folder.resolve(String.valueOf(layouts++))));
            assertThat(made.rendered().remarks()).isEmpty();
        }
    }

    /** Stands in for FFmpeg and tells as whom it runs, with what limits, and from where. */
    private static Ffmpeg tool() throws Exception {
        Path tool = Path.of("/tmp", "everytake-tool-" + ProcessHandle.current().pid());
        Files.writeString(tool, """
                #!/bin/sh
                case "$*" in
                  *-decoders*) echo ' V..... vp8 x'; exit 0;;
                  *-encoders*) echo ' V..... libx264 x'; echo ' A..... aac x'; exit 0;;
                  *-version*) echo 'ffmpeg version 9 x'; exit 0;;
                esac
                echo "user $(id -u)" >&2
                grep -E 'Max (file|core|data)' /proc/self/limits | tr -s ' ' >&2
                exit 3
                """);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Ffmpeg.find(tool);
    }

    @Test
    void ffmpegIsNobodyInParticularAndMayWriteNoFile() throws Exception {
        MemoryTape tape = new MemoryTape(Script.of("Limits", "anna").stops(1));
        RenderPlan plan = RenderPlan.of(Timeline.of(tape), Preset.COMPOSITE);
        String said = "";
        try {
            new Renderer(tool(), folder.resolve("scratch"))
                    .render(plan, tape, new MemoryOutput(folder.resolve("x")), Progress.SILENT);
        } catch (RenderFault fault) {
            said = String.valueOf(fault.getMessage());
        }
        int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assertThat(said).contains("user " + (self == 0 ? 65_530 : self));
        assertThat(said).contains("Max file size 0 0", "Max core file size 0 0", "Max data size 2147483648");
    }
}
