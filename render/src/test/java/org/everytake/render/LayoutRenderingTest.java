package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.function.DoubleToIntFunction;
import org.everytake.render.layout.Layout;
import org.everytake.render.layout.LayoutReader;
import org.everytake.render.material.Made;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.wire.codec.VideoCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts, and what is drawn on them, judged by what is seen in the film. */
class LayoutRenderingTest {
    private static final String RED = "0xc02020";
    private static final String GREEN = "0x20c020";
    private static final String BLUE = "0x2020c0";

    @TempDir
    Path folder;

    private static Preset composite(Layout layout) {
        return Preset.COMPOSITE.with(layout, ZoneId.of("Europe/Amsterdam"));
    }

    private static void talks(Script script, String person, String colour, DoubleToIntFunction levels) {
        Performer performer = new Performer(script, person, 0, 0).loud(levels);
        performer.camera(VideoClip.flashes(colour, 320, 180), 0, 8);
        performer.microphone(SoundClip.tone(440, 0.1, 8), 0, 8);
    }

    private static String strongest(int[] rgb) {
        return rgb[0] > rgb[1] + 60 ? RED : rgb[1] > rgb[2] + 60 ? GREEN : rgb[2] > rgb[1] + 60 ? BLUE : "none";
    }

    @Test
    void REN_3_whoeverSpeaksIsLargeAndTheOthersAreBelow() throws Exception {
        Script script = Script.of("Round table", "anna", "ben", "carl").stops(8);
        talks(script, "anna", RED, at -> at < 3 ? 20 : 127);
        talks(script, "ben", GREEN, at -> at > 3 && at < 6 ? 20 : 127);
        talks(script, "carl", BLUE, at -> at > 6 ? 20 : 127);
        script.mutes(1, "carl", Kind.MICROPHONE, true).mutes(5.5, "carl", Kind.MICROPHONE, false);
        Made made = Made.of(script, composite(Layout.FILMSTRIP), folder);
        Rect large = new Rect(400, 100, 400, 300);
        assertThat(strongest(made.judged().colour(1.5, large))).isEqualTo(RED);
        assertThat(strongest(made.judged().colour(4.5, large))).isEqualTo(GREEN);
        assertThat(strongest(made.judged().colour(7.5, large))).isEqualTo(BLUE);
        assertThat(strongest(made.judged().colour(1.5, made.middle(0, 1)))).isEqualTo(GREEN);
        assertThat(strongest(made.judged().colour(1.5, made.middle(0, 2)))).isEqualTo(BLUE);
        Rect carl = made.plan().chunks().getFirst().panes().get(2).at();
        Rect corner = new Rect(carl.x() + carl.width() - 26, carl.y() + carl.height() - 26, 14, 14);
        assertThat(made.judged().colour(0.7, corner)[2]).as("not muted").isGreaterThan(150);
        assertThat(made.judged().colour(1.8, corner)[2]).as("muted").isLessThan(140);
    }

    @Test
    void REN_3_whoSpeaksIsHeardWherePacketsDontTell() throws Exception {
        Script script = Script.of("Telephone", "anna", "ben").stops(6);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.flashes(RED, 320, 180), 0, 6);
        anna.microphone(SoundClip.tone(440, 0.3, 3), 0, 3);
        Performer ben = new Performer(script, "ben", 0, 0);
        ben.camera(VideoClip.flashes(GREEN, 320, 180), 0, 6);
        ben.repeating(1).microphone(SoundClip.tone(600, 0.3, 3), 3, 6);
        Made made = Made.of(script, composite(Layout.SPEAKER), folder);
        Rect all = new Rect(20, 20, 1200, 600);
        assertThat(strongest(made.judged().colour(1.5, all))).isEqualTo(RED);
        assertThat(strongest(made.judged().colour(4.5, all))).isEqualTo(GREEN);
    }

    @Test
    void REN_3_REN_10_eachSideIsFilledWhateverTheCameraSends() throws Exception {
        Script script = Script.of("Interview", "anna", "ben").stops(4);
        new Performer(script, "anna", 0, 0).camera(VideoClip.turning(RED, 320, 180, 60), 0, 4);
        Performer ben = new Performer(script, "ben", 0, 0).lying(1);
        ben.camera(VideoClip.halves(VideoCodec.VP8, GREEN, BLUE, 320, 180), 0, 4);
        Made made = Made.of(script, composite(Layout.TWO_SIDED), folder);
        for (double at : new double[] {1.5, 3.5}) { // lying, then upright
            for (Rect corner : new Rect[] {new Rect(30, 40, 40, 40), new Rect(570, 40, 40, 40)}) {
                assertThat(strongest(made.judged().colour(at, corner))).isEqualTo(RED);
            }
            assertThat(strongest(made.judged().colour(at, new Rect(800, 60, 300, 200))))
                    .isEqualTo(GREEN);
            assertThat(strongest(made.judged().colour(at, new Rect(800, 440, 300, 200))))
                    .isEqualTo(BLUE);
        }
    }

    @Test
    void REN_3_headingMutesAndNamesInAnyScript() throws Exception {
        Layout layout = LayoutReader.read("""
                {"version": 1, "gap": 1.7, "heading": ["title", "time"],
                 "arrangements": [[{"shows": ["screens", "people"], "box": [0, 0, 100, 100]}]]}""");
        Script script = Script.of("Περίληψη 週報 🎬 الاجتماع الأسبوعي").stops(3);
        String[] names = {
            "Anna 🦊 van Dijk", "محمد عبد الله", "प्रिया शर्मा", "田中 さくら", "김민준", "ศิริพร", "שרה לוי", "Ծովինար 👩🏽‍🚀"
        };
        String[] colours = {RED, GREEN, BLUE, "0x806020"};
        for (int i = 0; i < names.length; i++) {
            String person = "p" + i;
            script.joins(0, person, names[i]);
            if (i < colours.length) {
                new Performer(script, person, 0, 0).camera(VideoClip.flashes(colours[i], 320, 180), 0, 3);
            }
            if (i % 2 == 1) {
                script.at(0.1, new Event.SourceMuted(person, Kind.MICROPHONE, true));
            }
        }
        Made made = Made.of(script, composite(layout), folder);
        int[] title = made.judged().colour(1.5, new Rect(12, 8, 240, 28));
        int[] none = made.judged().colour(1.5, new Rect(520, 8, 200, 28));
        int[] time = made.judged().colour(1.5, new Rect(1180, 8, 80, 28));
        assertThat(title[1]).isGreaterThan(none[1] + 10);
        assertThat(time[1]).isGreaterThan(none[1] + 10);
    }
}
