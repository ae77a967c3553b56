package org.everytake.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.DoubleToIntFunction;
import org.everytake.render.layout.Layout;
import org.everytake.render.layout.LayoutReader;
import org.everytake.render.material.MemoryTape;
import org.everytake.render.material.Performer;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Mute;
import org.everytake.tape.Person;
import org.everytake.wire.codec.VideoCodec;
import org.junit.jupiter.api.Test;

/** Each scenario's plan is compared with a text; {@code -Deverytake.golden=FOLDER} writes the texts anew. */
class RenderPlanTest {
    private static final VideoClip CAMERA = VideoClip.heads(640, 360);
    private static final SoundClip MICROPHONE = SoundClip.heads();

    private static void performs(Script script, String person, double from, double to) {
        Performer performer = new Performer(script, person, 0, 0, 0.02, 0);
        performer.camera(CAMERA, from, to);
        performer.microphone(MICROPHONE, from, to);
    }

    private static void plan(String name, Script script, Preset preset) throws Exception {
        RenderPlan plan = RenderPlan.of(Timeline.of(new MemoryTape(script), preset), preset);
        String dump = plan.dump();
        String golden = System.getProperty("everytake.golden");
        if (golden != null) {
            Files.writeString(Path.of(golden, name + ".txt"), dump);
        }
        assertThat(dump).isEqualTo(expected(name));
    }

    private static String expected(String name) throws IOException {
        try (InputStream in = RenderPlanTest.class.getResourceAsStream("plans/" + name + ".txt")) {
            return in == null ? "no plan " + name : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void REN_3_lateJoiner() throws Exception {
        Script script = Script.of("Late", "anna").stops(10);
        performs(script, "anna", 0, 10);
        script.joins(4, "ben", "Ben");
        performs(script, "ben", 4.5, 10);
        plan("late-joiner", script, Preset.COMPOSITE);
    }

    @Test
    void REN_3_leaverWhoReturns() throws Exception {
        Script script = Script.of("Return", "anna", "ben").stops(20);
        performs(script, "anna", 0, 20);
        performs(script, "ben", 0, 6);
        script.leaves(6, "ben").joins(12, "ben", "Ben");
        performs(script, "ben", 12.4, 20);
        plan("leaver-who-returns", script, Preset.COMPOSITE);
    }

    @Test
    void REN_3_reconnectWithinTheGraceIsOnePresenceAndTwoTakes() throws Exception {
        Script script = Script.of("Reconnect", "anna").stops(20);
        performs(script, "anna", 0, 8);
        script.closes(8.1, 1).closes(8.1, 2);
        performs(script, "anna", 11, 20);
        plan("reconnect", script, Preset.COMPOSITE);
    }

    @Test
    void CAP_4_whileTheServerIsAwayNothingIsShownAndTheNextPartHasClocksOfItsOwn() throws Exception {
        Script script = Script.of("Cut off", "anna").stops(30);
        Performer before = new Performer(script, "anna", 0, 0, 0.02, 0);
        before.camera(CAMERA, 0, 8);
        before.microphone(MICROPHONE, 0, 8);
        before.screen(CAMERA, 2, 8);
        script.mutes(7, "anna", Kind.MICROPHONE, true);
        script.at(8.1, new Event.Interrupted("killed"));
        script.joins(20, "anna", "Anna");
        // Over the gap session time went on by the wall clock, and that was off by a fifth of a second.
        Performer after = new Performer(script, "anna", 0.2, 0, 0.02, 0);
        after.camera(CAMERA, 20.3, 30);
        after.microphone(MICROPHONE, 20.3, 30);
        plan("cut-off", script, Preset.COMPOSITE);

        Participant anna = Timeline.of(new MemoryTape(script)).people().getFirst();
        assertThat(anna.sounds().getLast().shown().getFirst().startNanos() / 1e9)
                .isCloseTo(20.32, within(0.001));
    }

    @Test
    void REN_3_mutes() throws Exception {
        List<Person> people = List.of(new Person("anna", "Anna"));
        Script script =
                new Script("Mutes", people, List.of(new Mute("anna", Kind.CAMERA), new Mute("anna", Kind.MICROPHONE)));
        performs(script, "anna", 1, 20);
        script.mutes(5, "anna", Kind.CAMERA, false).mutes(6, "anna", Kind.MICROPHONE, false);
        script.mutes(10, "anna", Kind.CAMERA, true).mutes(12, "anna", Kind.CAMERA, false);
        plan("mutes", script.stops(20), Preset.COMPOSITE);
    }

    @Test
    void REN_3_cameraOffIsAPlaceholder() throws Exception {
        Script script = Script.of("Off", "anna", "ben").stops(12);
        performs(script, "anna", 0, 12);
        new Performer(script, "ben", 0, 0, 0.02, 0).microphone(MICROPHONE, 0, 12);
        Performer ben = new Performer(script, "ben", 0, 0, 0.02, 0);
        int camera = ben.camera(CAMERA, 2, 7);
        plan("camera-off", script.closes(7.1, camera), Preset.COMPOSITE);
    }

    @Test
    void REN_3_soundOnly() throws Exception {
        Script script = Script.of("Voices", "anna", "ben").stops(5);
        new Performer(script, "anna", 0, 0, 0.02, 0).microphone(MICROPHONE, 0, 5);
        plan("sound-only", script, Preset.COMPOSITE);
    }

    @Test
    void noMediaAtAll() throws Exception {
        plan("no-media", Script.of("Nothing", "anna").stops(3), Preset.COMPOSITE);
    }

    @Test
    void aCameraThatFallsSilentShowsItsPlaceholderUntilItReturns() throws Exception {
        Script script = Script.of("Gap", "anna").stops(30);
        Performer anna = new Performer(script, "anna", 0, 0, 0.02, 0);
        anna.losing(sequence -> sequence > 65_000 + 150 && sequence < 65_000 + 600)
                .camera(CAMERA, 0, 30);
        plan("gap", script, Preset.COMPOSITE);
    }

    @Test
    void aTakeWithoutAKeyFrameIsAPlaceholder() throws Exception {
        Script script = Script.of("No key", "anna").stops(4);
        Performer anna = new Performer(script, "anna", 0, 0, 0.02, 0);
        anna.losing(sequence -> (sequence - 65_000) % 60 == 0).camera(CAMERA, 0, 4);
        plan("no-key-frame", script, Preset.COMPOSITE);
    }

    @Test
    void interruptedRecordingsEndWithTheirNewestMedia() throws Exception {
        Script script = Script.of("Killed", "anna");
        performs(script, "anna", 0, 7);
        plan("interrupted", script.at(60, new Event.Interrupted("restart")), Preset.COMPOSITE);
    }

    @Test
    void contradictionsOfTheJournalDoNoHarm() throws Exception {
        Script script = Script.of("Odd", "anna")
                .joins(1, "anna", "Anna B")
                .leaves(2, "ben")
                .leaves(3, "carl");
        script.leaves(8, "anna").leaves(9, "anna").stops(10);
        performs(script, "anna", 0, 8);
        performs(script, "dora", 2, 6);
        plan("contradictions", script, Preset.COMPOSITE);
    }

    @Test
    void longScenesAreCutIntoChunks() throws Exception {
        Script script = Script.of("Long", "anna").stops(150);
        performs(script, "anna", 0, 150);
        plan("long", script, Preset.COMPOSITE);
    }

    @Test
    void CAP_2_thePictureGoesOnWithTheBetterLayerFromItsKeyFrameOn() throws Exception {
        Script script = Script.of("Layers", "anna").stops(14);
        Performer anna = new Performer(script, "anna", 0, 0, 0.02, 0);
        int take = anna.camera(VideoClip.heads(320, 180), 0, 4.5);
        anna.pictures(take, 1, CAMERA, 3, 10); // its first key frame is at 4 s
        anna.pictures(take, 0, VideoClip.heads(320, 180), 9.5, 14); // the next one at 10 s
        plan("layers", script, Preset.COMPOSITE);
    }

    @Test
    void REN_3_silenceThatIsNotSentIsSilence() throws Exception {
        Script script = Script.of("Silence", "anna").stops(12);
        new Performer(script, "anna", 0, 0, 0.02, 0)
                .suppressing(at -> at > 3 && at < 6 || at > 8 && at < 8.5)
                .microphone(MICROPHONE, 0, 12);
        plan("silence-suppression", script, Preset.COMPOSITE);
    }

    @Test
    void REN_3_clocksThatAreFastAndSlow() throws Exception {
        Script script = Script.of("Skew", "anna", "ben").stops(120);
        for (String person : List.of("anna", "ben")) {
            Performer performer = new Performer(script, person, 5, person.equals("anna") ? 200 : -200, 0.02, 0);
            performer.camera(CAMERA, 0, 120);
            performer.microphone(MICROPHONE, 0, 120);
        }
        plan("skew", script, Preset.COMPOSITE);
    }

    @Test
    void REN_3_anotherResolutionIsNoCut() throws Exception {
        Script script = Script.of("Resolution", "anna").stops(12);
        Performer anna = new Performer(script, "anna", 0, 0, 0.02, 0);
        int take = anna.camera(CAMERA, 0, 4);
        anna.pictures(take, 0, VideoClip.heads(1280, 720), 4, 8);
        anna.pictures(take, 0, VideoClip.heads(360, 640), 8, 12);
        plan("resolution", script, Preset.COMPOSITE);
    }

    @Test
    void REN_3_anotherCodecIsAChunkOfItsOwn() throws Exception {
        Script script = Script.of("Codec", "anna").stops(8);
        Performer anna = new Performer(script, "anna", 0, 0, 0.02, 0);
        int take = anna.camera(CAMERA, 0, 4);
        anna.pictures(take, 0, VideoClip.flashes(VideoCodec.H264, "0x204060", 320, 180), 4, 8);
        plan("codec", script, Preset.COMPOSITE);
    }

    @Test
    void REN_3_numbersThatWrapGoOn() throws Exception {
        Script script =
                Script.of("Wrap", "anna").stops(30); // timestamps within a second, sequences after 18 s and 11 s
        performs(script, "anna", 0, 30);
        plan("wrap", script, Preset.COMPOSITE);
    }

    @Test
    void REN_3_whatComesOutOfOrderOrAgainLateChangesNothing() throws Exception {
        Script inTime = Script.of("Order", "anna").stops(20);
        performs(inTime, "anna", 0, 20);
        Script late = Script.of("Order", "anna").stops(20);
        Performer anna = new Performer(late, "anna", 0, 0, 0.02, 0);
        // each third overtakes two others, and some come 1.5 s later, when they have been asked for again
        anna.late(sequence -> sequence % 97 == 5 ? 1.5 : sequence % 3 == 0 ? 0.05 : 0);
        anna.camera(CAMERA, 0, 20);
        anna.microphone(MICROPHONE, 0, 20);
        plan("reordering", inTime, Preset.COMPOSITE);
        plan("reordering", late, Preset.COMPOSITE);
    }

    @Test
    void CAP_7_aTurnedPhoneIsAChunkOfItsOwn() throws Exception {
        Script script = Script.of("Turn", "anna").stops(8);
        Performer anna = new Performer(script, "anna", 0, 0, 0.02, 0);
        int take = anna.camera(CAMERA, 0, 3);
        anna.lying(1).pictures(take, 0, CAMERA, 3, 5);
        anna.lying(0).pictures(take, 0, CAMERA, 5, 5.1); // shaken: not worth a cut
        anna.lying(7).pictures(take, 0, CAMERA, 5.1, 8);
        plan("turn", script, Preset.COMPOSITE);
    }

    @Test
    void CAP_9_aScreenIsLargeBesideThePeople() throws Exception {
        Script script = Script.of("Screen", "anna", "ben").stops(12);
        performs(script, "anna", 0, 12);
        performs(script, "ben", 0, 12);
        int screen = new Performer(script, "ben", 0, 0, 0.02, 0).screen(VideoClip.heads(1280, 720), 4, 5);
        plan("screen", script.closes(10, screen), Preset.COMPOSITE);
    }

    /** Anna speaks first, Ben from 6 s to 11 s with an "mhm" of Anna's in between, then Carl, who leaves at 16 s. */
    private static Script talk() throws IOException {
        Script script = Script.of("Talk", "anna", "ben", "carl").stops(20);
        talks(script, "anna", at -> at < 6 || at > 8 && at < 8.3 || at > 16 ? 20 : 90, 20);
        talks(script, "ben", at -> at > 6 && at < 11 ? 25 : 70, 20);
        talks(script, "carl", at -> at > 11 ? 15 : 127, 16);
        return script.leaves(16, "carl");
    }

    private static void talks(Script script, String person, DoubleToIntFunction levels, double to) {
        Performer performer = new Performer(script, person, 0, 0, 0.02, 0).loud(levels);
        performer.camera(CAMERA, 0, to);
        performer.microphone(MICROPHONE, 0, to);
    }

    private static Preset composite(Layout layout) {
        return Preset.COMPOSITE.with(layout, ZoneId.of("Europe/Amsterdam"));
    }

    @Test
    void REN_3_filmstripOfWhoeverSpeaks() throws Exception {
        plan("filmstrip", talk(), composite(Layout.FILMSTRIP));
    }

    @Test
    void REN_3_speakerAloneWhoIsMutedIsNotHeard() throws Exception {
        Script script = talk().mutes(6.5, "ben", Kind.MICROPHONE, true).mutes(9, "ben", Kind.MICROPHONE, false);
        plan("speaker", script, composite(Layout.SPEAKER));
    }

    @Test
    void REN_3_filmstripKeepsAScreenLarge() throws Exception {
        Script script = talk();
        int screen = new Performer(script, "ben", 0, 0, 0.02, 0).screen(VideoClip.heads(1280, 720), 2, 3);
        plan("filmstrip-screen", script.closes(4, screen), composite(Layout.FILMSTRIP));
    }

    @Test
    void REN_3_twoSided() throws Exception {
        Script script = Script.of("Interview", "anna").stops(9);
        performs(script, "anna", 0, 9);
        script.joins(3, "ben", "Ben").joins(6, "carl", "Carl");
        performs(script, "ben", 3, 9);
        plan("two-sided", script, composite(Layout.TWO_SIDED));
    }

    @Test
    void REN_3_gridOfPeopleAndScreens() throws Exception {
        Script script = Script.of("Grid", "anna", "ben").stops(4);
        performs(script, "anna", 0, 4);
        new Performer(script, "ben", 0, 0, 0.02, 0).screen(VideoClip.heads(1280, 720), 0, 4);
        plan("grid", script, composite(Layout.GRID));
    }

    @Test
    void REN_3_headingTellsTitleAndTimeOfDay() throws Exception {
        Script script = Script.of("Weekly review", "anna").stops(130);
        performs(script, "anna", 0, 130);
        Layout layout = LayoutReader.read("""
                {"version": 1, "heading": ["time", "title"], "gap": 2,
                 "arrangements": [[{"shows": ["people"], "box": [0, 0, 100, 100]}]]}""");
        plan("heading", script, composite(layout));
    }

    @Test
    void REN_1_participantFillsTheirFile() throws Exception {
        Script script = Script.of("Alone", "anna")
                .joins(2, "ben", "Ben")
                .leaves(4, "ben")
                .stops(6);
        performs(script, "anna", 0, 6);
        performs(script, "ben", 2, 4);
        RenderPlan plan = RenderPlan.of(Timeline.of(new MemoryTape(script)).only("ben"), Preset.PARTICIPANT);
        assertThat(plan.ticks()).isEqualTo(150);
        assertThat(plan.chunks()).allSatisfy(chunk -> assertThat(chunk.panes()).hasSize(1));
        assertThat(plan.chunks().getFirst().panes().getFirst().at()).hasToString("640x360+0+0");
    }

    @Test
    void REN_5_soundAloneHasVoicesAndNoPictures() throws Exception {
        Script script = Script.of("Alone", "anna")
                .joins(2, "ben", "Ben")
                .leaves(4, "ben")
                .stops(6);
        performs(script, "anna", 0, 6);
        performs(script, "ben", 2, 4);
        plan("sound-alone", script, Preset.SOUND);
    }

    @Test
    void REN_1_soundOfOneIsAsLongAsTheRecording() throws Exception {
        Script script = Script.of("Alone", "anna")
                .joins(2, "ben", "Ben")
                .leaves(4, "ben")
                .stops(6);
        performs(script, "anna", 0, 6);
        performs(script, "ben", 2, 4);
        Timeline timeline = Timeline.of(new MemoryTape(script));
        RenderPlan plan = RenderPlan.of(timeline.only("ben"), Preset.SOUND);
        assertThat(plan.samples())
                .isEqualTo(RenderPlan.of(timeline, Preset.COMPOSITE).samples());
        assertThat(plan.voices()).extracting(Voice::name).containsExactly("Ben");
    }
}
