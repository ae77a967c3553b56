package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.everytake.render.material.Judged;
import org.everytake.render.material.Made;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.Kind;
import org.everytake.wire.codec.VideoCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing moves nothing is encoded again, and all is seen when it was. */
class CalmRenderingTest {
    private static final double PITCH = 1000;

    @TempDir
    Path folder;

    private Made render(Script script, Preset preset) throws Exception {
        return Made.of(script, preset, folder);
    }

    /** A screen that is white for a moment each 31 frames, with a beep. */
    private static Script screen(VideoCodec codec, double seconds) throws Exception {
        Script script = Script.of("Slides", "anna").stops(seconds);
        Performer anna = new Performer(script, "anna", 1, 60);
        anna.screen(VideoClip.flashes(codec, "0x204060", 640, 360), 0, seconds);
        anna.microphone(SoundClip.beeps(PITCH, 31), 0, seconds);
        return script;
    }

    @Test
    void REN_3_whatChangesOnAScreenIsSeenAtOnceAndNothingElseIsCoded() throws Exception {
        for (VideoCodec codec : List.of(VideoCodec.VP8, VideoCodec.H264)) {
            Path own = Files.createDirectory(folder.resolve(codec.name()));
            Made made = Made.of(screen(codec, 20), Preset.COMPOSITE, own);
            assertThat(made.plan().ticks()).isEqualTo(500);
            assertThat(made.judged().codedFrames()).as("of 500, in %s", codec).isLessThan(200);
            List<Double> offsets = Judged.offsetsMillis(
                    made.judged().flashes(made.middle(0, 0)),
                    Judged.beeps(made.judged().samples(), PITCH).stream()
                            .skip(1)
                            .toList());
            assertThat(offsets)
                    .hasSizeGreaterThan(15)
                    .allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(25.0)));
            assertThat(made.judged().keyFrames()).contains(0.0, 3.2, 6.4, 9.6, 12.8, 16.0, 19.2);
        }
    }

    @Test
    void REN_3_aScreenThatChangesItsSizeIsSeenWhole() throws Exception {
        Script script = Script.of("Window", "anna").stops(8);
        new Performer(script, "anna", 0, 0).screen(VideoClip.turning("0x20c020", 320, 180, 60), 0, 8);
        Made made = render(script, Preset.COMPOSITE);
        Rect at = made.plan().chunks().getFirst().panes().getFirst().at();
        Rect leftEdge = new Rect(at.x() + 40, at.y() + at.height() / 2 & ~1, 60, 60);
        assertThat(made.judged().colour(1.5, leftEdge)[1]).isGreaterThan(130);
        assertThat(made.judged().colour(4.5, leftEdge)[1])
                .as("upright: bars at the sides")
                .isLessThan(80);
    }

    @Test
    void REN_3_whatWeDrawComesAndGoesOnItsTick() throws Exception {
        Script script = Script.of("Voices", "anna").stops(12);
        new Performer(script, "anna", 0, 0).microphone(SoundClip.beeps(PITCH, 31), 0, 12);
        script.mutes(5, "anna", Kind.MICROPHONE, true).mutes(7, "anna", Kind.MICROPHONE, false);
        Made made = render(script, Preset.COMPOSITE);
        assertThat(made.judged().codedFrames()).as("of 300").isBetween(6, 9);
        Pane pane = made.plan().chunks().getFirst().panes().getFirst();
        Rect at = pane.at();
        Rect mark = new Rect(at.x() + at.width() - 30, at.y() + at.height() - 30, 12, 12);
        Ticks muted = pane.muted().getFirst();
        int[] unmarked = made.judged().colour((muted.start() - 1) / 25.0, mark);
        int[] marked = made.judged().colour(muted.start() / 25.0, mark);
        assertThat(distance(marked, unmarked)).isGreaterThan(60);
        assertThat(distance(made.judged().colour((muted.end() - 1) / 25.0, mark), marked))
                .isLessThan(20);
        assertThat(distance(made.judged().colour(muted.end() / 25.0, mark), unmarked))
                .isLessThan(20);
    }

    private static int distance(int[] one, int[] other) {
        return Math.abs(one[0] - other[0]) + Math.abs(one[1] - other[1]) + Math.abs(one[2] - other[2]);
    }

    @Test
    void REN_3_aScreenOfWhichNothingNewComesIsSeenFromSceneToScene() throws Exception {
        Script script = Script.of("Still", "anna").stops(10);
        new Performer(script, "anna", 0, 0).screen(VideoClip.still(VideoCodec.VP8, "0x20c020", 320, 180), 0, 2);
        script.joins(6, "ben", "Ben");
        Made made = render(script, Preset.COMPOSITE);
        assertThat(made.plan().chunks()).hasSize(2);
        assertThat(made.judged().colour(4, made.middle(0, 0))[1]).isGreaterThan(130);
        assertThat(made.judged().colour(6.2, made.middle(1, 0))[1]).isGreaterThan(130);
        assertThat(made.judged().colour(9, made.middle(1, 0))[1]).isGreaterThan(130);
    }

    @Test
    void REN_1_aFileForEditorsHasEachFrame() throws Exception {
        Script script = Script.of("Voices", "anna").stops(4);
        new Performer(script, "anna", 0, 0).microphone(SoundClip.beeps(PITCH, 31), 0, 4);
        assertThat(render(script, Preset.PARTICIPANT).judged().codedFrames()).isEqualTo(100);
    }
}
