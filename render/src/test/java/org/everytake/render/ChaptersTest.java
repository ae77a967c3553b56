package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.everytake.render.Chapter.Happening;
import org.everytake.render.material.Made;
import org.everytake.render.material.MemoryTape;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaptersTest {
    private static List<String> of(Script script) throws Exception {
        return RenderPlan.of(Timeline.of(new MemoryTape(script)), Preset.COMPOSITE).chapters().stream()
                .map(chapter -> chapter.nanos() / 1_000_000 + " " + chapter.title())
                .toList();
    }

    private static void speaks(Script script, String person, double from, double to) throws IOException {
        new Performer(script, person, 0, 0, 0.02, 0).microphone(SoundClip.heads(), from, to);
    }

    @Test
    void REN_3_oneBeginsWhereSomebodyComesOrGoesOrShowsAScreen() throws Exception {
        Script script = Script.of("Talk", "anna").stops(60);
        script.joins(10, "ben", "Ben").leaves(50, "ben");
        int screen = new Performer(script, "ben", 0, 0, 0.02, 0).screen(VideoClip.heads(640, 360), 20, 30);
        script.closes(30, screen);
        assertThat(of(script))
                .containsExactly(
                        "0 Start",
                        "10000 Ben joins",
                        "20020 Ben shows a screen",
                        "30000 The screen of Ben ends",
                        "50000 Ben leaves");
    }

    @Test
    void whoIsBackSoonWasNotAwayAndWhatHappensTogetherIsOne() throws Exception {
        Script script = Script.of("Talk", "anna").stops(60).joins(1.5, "early", "Early");
        script.joins(10, "ben", "Ben").joins(11, "carl", "Carl").joins(12.5, "dora", "Dora");
        script.leaves(20, "ben").joins(29, "ben", "Ben");
        script.leaves(30, "carl").joins(41, "carl", "Carl");
        script.leaves(59, "dora");
        assertThat(of(script))
                .containsExactly(
                        "0 Start",
                        "10000 Ben joins, Carl joins",
                        "12500 Dora joins",
                        "30000 Carl leaves",
                        "41000 Carl joins");
    }

    @Test
    void CAP_4_aPartBeginsWhereTheServerIsBack() throws Exception {
        Script script = Script.of("Cut off", "anna", "ben").stops(90);
        speaks(script, "anna", 0, 30);
        script.at(30, new Event.Interrupted("killed"));
        script.joins(60, "anna", "Anna").joins(63, "carl", "Carl");
        speaks(script, "anna", 60.1, 90);
        assertThat(of(script)).containsExactly("0 Start", "30000 Ben leaves", "60000 Part 2", "63000 Carl joins");
    }

    @Test
    void ofARecordingThatWasCutOffAndNeverWentOnThereIsNoOtherPart() throws Exception {
        Script script = Script.of("Killed", "anna");
        speaks(script, "anna", 0, 7);
        assertThat(of(script.at(7, new Event.Interrupted("killed")))).containsExactly("0 Start");
    }

    @Test
    void thereAreNeverMoreThanAFileCanName() throws Exception {
        Script script = Script.of("Busy", "anna").stops(4000);
        for (int i = 0; i < 600; i++) {
            script.joins(5 + 6 * i, "p" + i, "P" + i);
        }
        List<String> all = of(script);
        assertThat(all).hasSizeBetween(100, 255);
        assertThat(String.join(" ", all)).contains("P0 joins", "P599 joins");
    }

    private static final Preset SMALL = Preset.LD;

    private static Script fourSeconds() throws IOException {
        Script script = Script.of("Chapters", "anna").stops(9);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.flashes("0x204060", 320, 180), 0, 9);
        anna.microphone(SoundClip.beeps(1000, 31), 0, 9);
        return script.joins(4, "ben", "Бен <b> & co 🙂");
    }

    private static void areRead(Made made) throws IOException {
        assertThat(made.judged()
                        .probe("v:0", "chapter=start_time,end_time:chapter_tags=title")
                        .lines())
                .containsExactly("0.000000", "4.000000", "Start", "4.000000", "9.000000", "Бен <b> & co 🙂 joins");
    }

    @Test
    void REN_3_anMp4NamesThem(@TempDir Path folder) throws Exception {
        Made made = Made.of(fourSeconds(), SMALL, Files.createDirectory(folder.resolve("once")));
        areRead(made);
        Made again = Made.of(fourSeconds(), SMALL, Files.createDirectory(folder.resolve("again")));
        assertThat(Files.mismatch(made.file(), again.file())).isEqualTo(-1);
    }

    @Test
    void REN_4_aWebmNamesThem(@TempDir Path folder) throws Exception {
        areRead(Made.of(fourSeconds(), Preset.WEBM_VP8, folder));
    }

    private static List<Chapter> two() {
        return List.of(
                new Chapter(0, List.of(new Happening(Chapter.Kind.START, ""))),
                new Chapter(
                        3_600_000_400_000L,
                        List.of(
                                new Happening(Chapter.Kind.JOINED, "A <b> & \"co\"\nX"),
                                new Happening(Chapter.Kind.PART, "2"))));
    }

    @Test
    void REN_4_theyAreWebVttBesideTheFilm() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ChapterText.vtt(two(), 7_384_005_000_000L, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                WEBVTT

                00:00:00.000 --> 01:00:00.000
                Start

                01:00:00.000 --> 02:03:04.005
                A &lt;b&gt; &amp; "co" X joins, Part 2
                """);
    }

    @Test
    void theyAreJsonForWhoeverHasWordsOfTheirOwn() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ChapterText.json(two(), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                {
                  "format": "everytake-chapters",
                  "version": 1,
                  "chapters": [
                    {"fromMillis": 0, "title": "Start", "happenings": [{"kind": "start", "of": ""}]},
                    {"fromMillis": 3600000, "title": "A <b> & \\"co\\"\\nX joins, Part 2", "happenings": [{"kind": "joined", "of": "A <b> & \\"co\\"\\nX"}, {"kind": "part", "of": "2"}]}
                  ]
                }""");
    }
}
