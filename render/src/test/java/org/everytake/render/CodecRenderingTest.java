package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
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

/** Codecs, layers, orientations and screens, judged by what is seen in the film. */
class CodecRenderingTest {
    private static final String RED = "0xc02020";
    private static final String GREEN = "0x20c020";
    private static final String BLUE = "0x2020c0";

    @TempDir
    Path folder;

    /** Which of red, green and blue is by far the strongest. */
    private static String colour(Made made, double seconds, Rect at) throws Exception {
        int[] rgb = made.judged().colour(seconds, at);
        String[] names = {RED, GREEN, BLUE};
        for (int i = 0; i < 3; i++) {
            if (rgb[i] > 130 && rgb[(i + 1) % 3] < 100 && rgb[(i + 2) % 3] < 100) {
                return names[i];
            }
        }
        return List.of(rgb[0], rgb[1], rgb[2]).toString();
    }

    @Test
    void CAP_3_everyCodecIsSeenInTime() throws Exception {
        Script script = Script.of("Codecs", "anna", "ben", "carl").stops(6);
        Performer anna = new Performer(script, "anna", 3, 80);
        anna.camera(VideoClip.flashes(VideoCodec.VP9, RED, 320, 180), 0, 6);
        anna.microphone(SoundClip.beeps(1000, 7), 0, 6);
        Performer ben = new Performer(script, "ben", 0, -80);
        ben.camera(VideoClip.flashes(VideoCodec.H264, GREEN, 322, 182), 0, 6);
        Performer carl = new Performer(script, "carl", 0, 0);
        carl.camera(VideoClip.flashes(VideoCodec.AV1, BLUE, 320, 180), 0, 6);
        Made made = Made.of(script, Preset.COMPOSITE, folder);
        assertThat(made.rendered().remarks()).isEmpty();
        assertThat(made.plan().chunks()).hasSize(1);
        List<String> colours = List.of(RED, GREEN, BLUE);
        List<Double> beeps = Judged.beeps(made.judged().samples(), 1000);
        for (int pane = 0; pane < 3; pane++) {
            Rect middle = made.middle(0, pane);
            assertThat(colour(made, 2.5, middle)).isEqualTo(colours.get(pane));
            List<Double> flashes = made.judged().flashes(middle);
            assertThat(flashes).hasSizeBetween(4, 6);
            List<Double> offsets = Judged.offsetsMillis(
                    flashes, beeps.stream().filter(beep -> beep > 0.5).toList());
            assertThat(offsets)
                    .isNotEmpty()
                    .allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(30.0)));
        }
    }

    @Test
    void CAP_7_codecsLayersAndOrientationsChangeInMidCall() throws Exception {
        Script script = Script.of("Changes", "anna", "ben", "carl").stops(8);
        Performer anna = new Performer(script, "anna", 0, 0);
        int codecs = anna.camera(VideoClip.flashes(VideoCodec.VP8, RED, 320, 180), 0, 4);
        anna.pictures(codecs, 0, VideoClip.flashes(VideoCodec.H264, GREEN, 320, 180), 4, 8);
        Performer ben = new Performer(script, "ben", 0, 0);
        int layers = ben.camera(VideoClip.flashes(VideoCodec.VP8, RED, 160, 90), 0, 2.3);
        ben.pictures(layers, 1, VideoClip.flashes(VideoCodec.VP8, GREEN, 320, 180), 2, 6);
        ben.pictures(layers, 0, VideoClip.flashes(VideoCodec.VP8, RED, 160, 90), 6, 8);
        VideoClip halves = VideoClip.halves(VideoCodec.H264, BLUE, GREEN, 320, 180);
        Performer carl = new Performer(script, "carl", 0, 0).lying(0);
        int phone = carl.camera(halves, 0, 3);
        carl.lying(1).pictures(phone, 0, halves, 3, 8);
        Made made = Made.of(script, Preset.COMPOSITE, folder);
        assertThat(made.plan().chunks())
                .extracting(chunk -> chunk.ticks().toString())
                .hasSize(3);
        Rect first = made.middle(0, 0);
        assertThat(colour(made, 3.7, first)).isEqualTo(RED);
        assertThat(colour(made, 4.7, first)).isEqualTo(GREEN);
        assertThat(colour(made, 7.5, first)).isEqualTo(GREEN);
        Rect second = made.middle(0, 1);
        assertThat(colour(made, 1.7, second)).isEqualTo(RED);
        assertThat(colour(made, 2.5, second)).isEqualTo(GREEN);
        assertThat(colour(made, 5.8, second)).isEqualTo(GREEN);
        assertThat(colour(made, 6.7, second)).isEqualTo(RED);
        Rect at = made.plan().chunks().getFirst().panes().get(2).at();
        Rect left = new Rect(at.x() + 40, at.y() + at.height() / 2 & ~1, 60, 20);
        Rect top = new Rect(at.x() + at.width() / 2 & ~1, at.y() + 30, 40, 40);
        Rect bottom = new Rect(top.x(), at.y() + at.height() * 3 / 5 & ~1, 40, 40);
        assertThat(colour(made, 2.9, left)).as("lying").isEqualTo(BLUE);
        assertThat(made.judged().colour(3.1, left)).as("bars at the sides").doesNotContain(192);
        assertThat(colour(made, 3.04, top)).as("what was left is above").isEqualTo(BLUE);
        assertThat(colour(made, 3.04, bottom)).isEqualTo(GREEN);
        assertThat(colour(made, 7.5, top)).isEqualTo(BLUE);
    }

    @Test
    void CAP_9_aScreenHasAPaneOfItsOwn() throws Exception {
        Script script = Script.of("Screen", "anna", "ben").stops(6);
        new Performer(script, "anna", 0, 0).camera(VideoClip.flashes(RED, 320, 180), 0, 6);
        Performer ben = new Performer(script, "ben", 0, 0);
        ben.camera(VideoClip.flashes(BLUE, 320, 180), 0, 6);
        int screen = ben.screen(VideoClip.flashes(VideoCodec.VP9, GREEN, 640, 400), 2, 3);
        Made made = Made.of(script.closes(5, screen), Preset.COMPOSITE, folder);
        assertThat(made.plan().chunks()).hasSize(3);
        List<Pane> panes = made.plan().chunks().get(1).panes();
        assertThat(panes).extracting(Pane::name).containsExactly("Ben (screen)", "Anna", "Ben");
        assertThat(panes.get(0).at().width())
                .isGreaterThan(3 * panes.get(1).at().width());
        for (double at : new double[] {2.5, 4.8}) { // held while nothing moves on it
            assertThat(colour(made, at, made.middle(1, 0))).isEqualTo(GREEN);
            assertThat(colour(made, at, made.middle(1, 1))).isEqualTo(RED);
            assertThat(colour(made, at, made.middle(1, 2))).isEqualTo(BLUE);
        }
        assertThat(colour(made, 5.5, made.middle(2, 1))).isEqualTo(BLUE);
    }

    @Test
    void CAP_3_theUpperLayersOfVp9AreSeenWhereTheyAreWhole() throws Exception {
        Script script = Script.of("Layers", "anna").stops(3);
        VideoClip layers =
                VideoClip.still(VideoCodec.VP9, RED, 160, 90).below(VideoClip.still(VideoCodec.VP9, GREEN, 320, 180));
        // each layer of each picture is a packet; the upper ones are lost from 1 s to 2 s
        new Performer(script, "anna", 0, 0)
                .losing(sequence -> sequence % 2 == 1 && sequence >= 65_060 && sequence < 65_120)
                .camera(layers, 0, 3);
        Made made = Made.of(script, Preset.COMPOSITE, folder);
        assertThat(colour(made, 0.8, made.middle(0, 0))).isEqualTo(GREEN);
        assertThat(colour(made, 1.5, made.middle(0, 0))).isEqualTo(RED);
        assertThat(colour(made, 2.5, made.middle(0, 0))).isEqualTo(GREEN);
    }

    @Test
    void whatCannotBeDecodedIsAPlaceholderAndARemark() throws Exception {
        Script script = Script.of("Foreign", "anna", "ben").stops(2);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.foreign(), 0, 2);
        anna.microphone(SoundClip.foreign(), 0, 2);
        new Performer(script, "ben", 0, 0).camera(VideoClip.flashes(GREEN, 320, 180), 0, 2);
        Made made = Made.of(script, Preset.COMPOSITE, folder);
        assertThat(made.rendered().remarks())
                .containsExactlyInAnyOrder(
                        "Anna sent H265, which cannot be decoded: it is not seen.",
                        "Anna sent G722, which cannot be decoded: it is not heard.");
        assertThat(colour(made, 1.5, made.middle(0, 1))).isEqualTo(GREEN);
        assertThat(made.plan().chunks().getFirst().panes().getFirst().visible()).isEmpty();
        Timeline timeline = new Timeline(
                "",
                Instant.EPOCH,
                1,
                List.of(new Participant(
                        "anna",
                        "Anna",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Undecoded(Kind.CAMERA, "H265, which cannot be decoded")))),
                List.of(),
                List.of());
        assertThat(RenderPlan.of(timeline, Preset.SOUND).remarks()).isEmpty();
    }
}
