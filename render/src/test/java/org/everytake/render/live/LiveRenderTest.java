package org.everytake.render.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.everytake.render.Preset;
import org.everytake.render.Progress;
import org.everytake.render.Rect;
import org.everytake.render.RenderPlan;
import org.everytake.render.Renderer;
import org.everytake.render.Timeline;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.layout.Layout;
import org.everytake.render.material.Judged;
import org.everytake.render.material.KeptPieces;
import org.everytake.render.material.MemoryOutput;
import org.everytake.render.material.Performer;
import org.everytake.render.material.RealTape;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.Kind;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeTail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LiveRenderTest {
    private static final double ANNA_PITCH = 1000;
    private static final double BEN_PITCH = 1700;
    private static final Preset SMALL = new Preset(
            "small",
            Preset.Container.MP4,
            25,
            96_000,
            new Preset.Picture(320, 180, 30, Layout.GRID, ZoneOffset.UTC),
            Preset.Video.H264);

    private static final Preset SMALL_SCREEN = SMALL.with(Layout.SCREEN, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Renderer renderer;

    @BeforeEach
    void makeRenderer() throws Exception {
        renderer = new Renderer(Ffmpeg.find(null), folder.resolve("scratch"));
    }

    private List<Path> tape(Script script) throws Exception {
        return RealTape.segments(script, folder.resolve("spool"), Duration.ofMillis(400));
    }

    private Followed follow(List<Path> segments, Preset preset, KeptPieces kept, int first) throws Exception {
        try (TapeTail tail = RealTape.tail(segments)) {
            Followed followed = renderer.follow(tail, () -> true, preset, kept, first, Progress.SILENT);
            assertThat(followed.pieces()).isEqualTo(kept.pieces.size());
            try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
                assertThat(left).isEmpty();
            }
            return followed;
        }
    }

    private Judged joined(Followed followed, Preset preset, KeptPieces kept, String name) throws Exception {
        Path file = folder.resolve(name);
        renderer.join(kept, followed, preset, new MemoryOutput(file), Progress.SILENT);
        Judged judged = new Judged(file, preset.framesPerSecond());
        judged.decodes();
        assertThat(judged.probe("v:0", "stream=start_time")).isEqualTo("0.000000");
        assertThat(judged.probe("a:0", "stream=start_time")).isEqualTo("0.000000");
        return judged;
    }

    private static void performs(Script script, String person, String colour, double pitch, double ppm, double to)
            throws IOException {
        Performer performer = new Performer(script, person, 2, ppm);
        performer.camera(VideoClip.flashes(colour, 320, 180), 0, to);
        performer.microphone(SoundClip.beeps(pitch, 31), 0, to);
    }

    private static Rect middle(Rect at) {
        return new Rect(
                at.x() + at.width() / 4 & ~1, at.y() + at.height() / 4 & ~1, at.width() / 2 & ~1, at.height() / 2 & ~1);
    }

    @Test
    void REN_8_piecesThatAreMadeWhileItGoesOnShowAndTellWhatTheWholeDoes() throws Exception {
        Script script = Script.of("Weekly review", "anna").stops(30);
        performs(script, "anna", "0x20c020", ANNA_PITCH, 80, 30);
        script.joins(9, "ben", "Ben").leaves(21, "ben");
        Performer ben = new Performer(script, "ben", -1, -80);
        ben.camera(VideoClip.flashes("0x2020c0", 320, 180), 9, 21);
        ben.microphone(SoundClip.beeps(BEN_PITCH, 31), 9, 21);
        script.mutes(13, "anna", Kind.CAMERA, true).mutes(15, "anna", Kind.CAMERA, false);
        List<Path> segments = tape(script);
        KeptPieces kept = new KeptPieces();
        Followed followed = follow(segments, SMALL, kept, 0);
        assertThat(followed.durationNanos()).isEqualTo(30_000_000_000L);
        assertThat(kept.pieces).hasSize(10);
        assertThat(kept.durations).startsWith(3_200_000_000L).endsWith(1_200_000_000L);
        RenderPlan plan;
        try (RecordedTape tape = RealTape.read(segments)) {
            plan = RenderPlan.of(Timeline.of(tape), SMALL);
        }
        Judged judged = joined(followed, SMALL, kept, "joined.mp4");
        assertThat(followed.outline().chapters()).isEqualTo(plan.chapters());
        assertThat(judged.probe("v:0", "chapter_tags=title").lines())
                .containsExactly("Start", "Ben joins", "Ben leaves");
        assertThat(judged.frames()).isEqualTo((int) plan.ticks());
        short[] samples = judged.samples();
        assertThat((long) samples.length).isBetween(plan.samples(), plan.samples() + 1023);
        Rect alone = middle(plan.chunks().getFirst().panes().getFirst().at());
        List<Double> offsets = Judged.offsetsMillis(
                judged.flashes(alone).stream().filter(at -> at < 8.9).toList(),
                Judged.beeps(samples, ANNA_PITCH).stream()
                        .filter(at -> at > 1 && at < 8.5)
                        .toList());
        assertThat(offsets)
                .hasSizeGreaterThan(5)
                .allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(30.0)));
        assertThat(judged.colour(5.5, alone)[1]).isGreaterThan(130);
        Rect left = middle(plan.chunks().get(1).panes().getFirst().at());
        assertThat(judged.colour(11.9, left)[1]).isGreaterThan(130);
        assertThat(judged.colour(14, left)[1]).as("a muted camera").isLessThan(110);
        assertThat(judged.colour(17.5, left)[1]).isGreaterThan(130);
        assertThat(Judged.beeps(samples, BEN_PITCH)).isNotEmpty().allMatch(at -> at > 9 && at < 21);
        Judged stream = new Judged(kept.stream(folder.resolve("stream.mp4")), 25);
        stream.decodes();
        assertThat(stream.frames()).isEqualTo((int) plan.ticks());
    }

    @Test
    void REN_8_pictureAndSoundJoinWithoutAHoleOrAShiftOverAHundredJoints() throws Exception {
        int seconds = 326;
        Script script = Script.of("Joints", "anna").stops(seconds);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.flashes("0x204060", 320, 180), 0, seconds);
        anna.microphone(SoundClip.tone(ANNA_PITCH, 0.3, 10), 0, seconds);
        KeptPieces kept = new KeptPieces();
        Followed followed = follow(tape(script), SMALL, kept, 0);
        assertThat(kept.pieces).hasSizeGreaterThan(101);
        Judged judged = joined(followed, SMALL, kept, "joined.mp4");
        assertThat(judged.frames()).isEqualTo(seconds * 25);
        short[] samples = judged.samples();
        int joint = 48_000 * 32 / 10;
        for (int at = joint; at + 4800 < samples.length; at += joint) {
            double before = phase(samples, at - 4800);
            double across = phase(samples, at - 1200);
            double after = phase(samples, at + 2400);
            assertThat(Math.abs(turn(across - before)))
                    .as("at %d", at)
                    .isLessThan(0.3); // a line that bends by 500 ppm turns it by 0.24
            assertThat(Math.abs(turn(after - across)))
                    .as("at %d", at)
                    .isLessThan(0.3); // a line that bends by 500 ppm turns it by 0.24
            assertThat(level(samples, at - 240)).as("at %d", at).isCloseTo(level(samples, at - 9600), within(300.0));
        }
    }

    /** Of the tone, over 50 ms. */
    private static double phase(short[] samples, int from) {
        double re = 0;
        double im = 0;
        for (int i = from; i < from + 2400; i++) {
            double angle = 2 * Math.PI * ANNA_PITCH * i / 48_000;
            re += samples[i] * Math.cos(angle);
            im += samples[i] * Math.sin(angle);
        }
        return Math.atan2(im, re);
    }

    private static double turn(double angle) {
        return Math.IEEEremainder(angle, 2 * Math.PI);
    }

    private static double level(short[] samples, int from) {
        double power = 0;
        for (int i = from; i < from + 480; i++) {
            power += (double) samples[i] * samples[i];
        }
        return Math.sqrt(power / 480);
    }

    @Test
    void REN_9_whoFollowsTheSameTapeAgainMakesOnlyWhatIsMissing() throws Exception {
        Script script = Script.of("Killed", "anna").stops(20);
        performs(script, "anna", "0x204060", ANNA_PITCH, 50, 20);
        List<Path> segments = tape(script);
        KeptPieces whole = new KeptPieces();
        follow(segments, SMALL, whole, 0);
        KeptPieces resumed = new KeptPieces();
        resumed.beginning(whole.beginning());
        for (int i = 0; i < 3; i++) {
            resumed.piece(i, whole.durations.get(i), whole.piece(i));
        }
        Followed followed = follow(segments, SMALL, resumed, 3);
        Judged judged = joined(followed, SMALL, resumed, "resumed.mp4");
        assertThat(judged.frames()).isEqualTo(500);
        List<Double> beeps = Judged.beeps(judged.samples(), ANNA_PITCH);
        for (int i = 2; i < beeps.size(); i++) {
            assertThat(beeps.get(i) - beeps.get(i - 1)).isCloseTo(31.0 / 30, within(0.004));
        }
        assertThat(resumed.durations).isEqualTo(whole.durations);
    }

    @Test
    void REN_9_theShapeOfItsSoundIsWholeWhoeverMadeIt() throws Exception {
        Script script = Script.of("Killed", "anna").stops(20);
        performs(script, "anna", "0x204060", ANNA_PITCH, 50, 20);
        List<Path> segments = tape(script);
        KeptPieces whole = new KeptPieces();
        String shape = shape(follow(segments, SMALL, whole, 0));
        assertThat(shape).contains("\"length\": 1000,");
        for (int there : new int[] {3, whole.pieces.size()}) {
            KeptPieces resumed = new KeptPieces();
            resumed.beginning(whole.beginning());
            for (int i = 0; i < there; i++) {
                resumed.piece(i, whole.durations.get(i), whole.piece(i));
            }
            assertThat(shape(follow(segments, SMALL, resumed, there)))
                    .as("%d pieces were there", there)
                    .isEqualTo(shape);
        }
    }

    private static String shape(Followed followed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        followed.outline().waveform().write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void REN_8_anFfmpegThatIsKilledIsStartedAnew() throws Exception {
        Script script = Script.of("Killed", "anna").stops(20);
        performs(script, "anna", "0x204060", ANNA_PITCH, 50, 20);
        KeptPieces kept = new KeptPieces() {
            @Override
            public void piece(int number, long durationNanos, byte[] bytes) throws IOException {
                super.piece(number, durationNanos, bytes);
                if (number == 1) {
                    ProcessHandle.current()
                            .children()
                            .filter(child ->
                                    child.info().commandLine().orElse("").contains("frag_every_frame"))
                            .forEach(ProcessHandle::destroyForcibly);
                }
            }
        };
        Followed followed = follow(tape(script), SMALL, kept, 0);
        assertThat(followed.remarks()).isEmpty();
        assertThat(joined(followed, SMALL, kept, "killed.mp4").frames()).isEqualTo(500);
    }

    @Test
    void REN_8_aScreenThatMostlyStandsStillIsFollowedLikeAnyOther() throws Exception {
        Script script = Script.of("Slides", "anna").stops(30);
        Performer anna = new Performer(script, "anna", 1, 60);
        anna.screen(VideoClip.flashes("0x204060", 320, 180), 0, 14); // and nothing new from then on
        anna.microphone(SoundClip.beeps(ANNA_PITCH, 31), 0, 30);
        script.joins(23, "ben", "Ben");
        List<Path> segments = tape(script);
        KeptPieces kept = new KeptPieces();
        Followed followed = follow(segments, SMALL_SCREEN, kept, 0);
        assertThat(kept.durations).hasSize(10).startsWith(3_200_000_000L).endsWith(1_200_000_000L);
        Judged judged = joined(followed, SMALL_SCREEN, kept, "joined.mp4");
        assertThat(judged.frames()).isEqualTo(750);
        assertThat(judged.codedFrames()).isLessThan(300);
        RenderPlan plan;
        try (RecordedTape tape = RealTape.read(segments)) {
            plan = RenderPlan.of(Timeline.of(tape), SMALL_SCREEN);
        }
        Rect screen = middle(plan.chunks().getFirst().panes().getFirst().at());
        List<Double> offsets = Judged.offsetsMillis(
                judged.flashes(screen),
                Judged.beeps(judged.samples(), ANNA_PITCH).stream()
                        .filter(at -> at > 1 && at < 13.5)
                        .toList());
        assertThat(offsets)
                .hasSizeGreaterThan(8)
                .allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(30.0)));
        Judged stream = new Judged(kept.stream(folder.resolve("stream.mp4")), 25);
        stream.decodes();
        // of a fragment FFmpeg does not know for how long its last picture is shown, which is a second at most
        assertThat(stream.frames()).isBetween(726, 750);
        assertThat(judged.colour(13.5, screen)[2]).isGreaterThan(70);
        assertThat(judged.colour(22, screen)[2]).as("nothing new came").isGreaterThan(70);
    }

    @Test
    @Timeout(90) // whoever waits for a picture that never comes gives up after three minutes
    void REN_8_aCameraThatFreezesHoldsNobodyBack() throws Exception {
        Script script = Script.of("Frozen", "anna").stops(7.2);
        performs(script, "anna", "0x20c020", ANNA_PITCH, 0, 7.2);
        script.joins(0, "ben", "Ben");
        Performer ben = new Performer(script, "ben", 0, 0);
        ben.camera(VideoClip.flashes("0x2020c0", 320, 180), 0, 3.5);
        List<Path> segments = tape(script);
        KeptPieces kept = new KeptPieces();
        Followed followed = follow(segments, SMALL, kept, 0);
        assertThat(followed.remarks()).isEmpty();
        Judged judged = joined(followed, SMALL, kept, "frozen.mp4");
        assertThat(judged.frames()).isEqualTo(180);
        try (RecordedTape tape = RealTape.read(segments)) {
            RenderPlan plan = RenderPlan.of(Timeline.of(tape), SMALL);
            Rect right = middle(plan.chunks().getLast().panes().getLast().at());
            assertThat(judged.colour(7, right)[2]).as("its last picture stays").isGreaterThan(130);
        }
    }

    @Test
    void aRecordingWithoutAnyMediaIsAFilm() throws Exception {
        KeptPieces kept = new KeptPieces();
        Followed followed = follow(tape(Script.of("Silence", "anna").stops(12)), SMALL, kept, 0);
        assertThat(kept.pieces).hasSize(4);
        assertThat(joined(followed, SMALL, kept, "silence.mp4").frames()).isEqualTo(300);
    }
}
