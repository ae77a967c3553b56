package org.everytake.render.remux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.everytake.render.Preset;
import org.everytake.render.Progress;
import org.everytake.render.RenderFault;
import org.everytake.render.Rendered;
import org.everytake.render.material.Judged;
import org.everytake.render.material.MemoryOutput;
import org.everytake.render.material.Performer;
import org.everytake.render.material.RealTape;
import org.everytake.render.material.Script;
import org.everytake.render.material.SoundClip;
import org.everytake.render.material.Tools;
import org.everytake.render.material.VideoClip;
import org.everytake.tape.Kind;
import org.everytake.tape.read.RecordedTape;
import org.everytake.wire.codec.VideoCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemuxTest {
    private static final double PITCH = 1000;
    private static final int RATE = 48_000;

    /** A picture of a file: when it is seen, and how bright it is, 0 to 255. */
    private record Seen(double seconds, int luma) {}

    /** A file that was made. */
    private record File(Path path, Preset.Container container, Rendered rendered) {
        Judged judged() {
            return new Judged(path, 30);
        }

        /** All of it; a warning is an error. Pictures keep their own times, which are no multiple of any. */
        void decodes() throws IOException {
            Tools.run(
                    "ffmpeg",
                    "-nostdin",
                    "-v",
                    "warning",
                    "-i",
                    path.toString(),
                    "-fps_mode",
                    "passthrough",
                    "-enc_time_base",
                    "1:90000",
                    "-f",
                    "null",
                    "-");
        }

        List<Seen> seen() throws IOException {
            String[] times = Tools.text(
                            "ffprobe",
                            "-v",
                            "warning",
                            "-select_streams",
                            "v:0",
                            "-show_entries",
                            "frame=pts_time",
                            "-of",
                            "csv=p=0",
                            path.toString())
                    .strip()
                    .split("[,\\s]+");
            byte[] luma = Tools.run(
                    "ffmpeg",
                    "-nostdin",
                    "-v",
                    "error",
                    "-i",
                    path.toString(),
                    "-fps_mode",
                    "passthrough",
                    "-enc_time_base",
                    "1:90000",
                    "-vf",
                    "scale=1:1:flags=area,format=gray",
                    "-f",
                    "rawvideo",
                    "pipe:1");
            assertThat(luma).hasSameSizeAs(times);
            List<Seen> seen = new ArrayList<>();
            for (int i = 0; i < luma.length; i++) {
                seen.add(new Seen(Double.parseDouble(times[i]), luma[i] & 0xFF));
            }
            return seen;
        }

        List<Double> flashes() throws IOException {
            List<Seen> seen = seen();
            List<Double> onsets = new ArrayList<>();
            for (int i = 1; i < seen.size(); i++) {
                if (seen.get(i).luma > 190 && seen.get(i - 1).luma <= 190) {
                    onsets.add(seen.get(i).seconds);
                }
            }
            return onsets;
        }
    }

    @TempDir
    Path folder;

    private File remux(Script script, String person) throws Exception {
        Path spool = folder.resolve("spool-" + person);
        try (RecordedTape tape = RealTape.of(script, spool)) {
            Remux remux = Remux.of(tape, person);
            Path path = folder.resolve(person + "." + remux.container().extension());
            List<Double> progress = new ArrayList<>();
            Rendered rendered = remux.write(new MemoryOutput(path), progress::add);
            assertThat(rendered.sizeBytes()).isEqualTo(Files.size(path));
            assertThat(progress).isSorted().endsWith(1.0);
            File file = new File(path, remux.container(), rendered);
            file.decodes();
            return file;
        }
    }

    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void REN_10_whatTwoPeopleSentIsInStepWhateverTheirClocks(VideoCodec codec) throws Exception {
        Script script = Script.of("Two sides", "anna", "ben").stops(20);
        List<List<Double>> beeps = new ArrayList<>();
        for (String person : List.of("anna", "ben")) {
            double from = person.equals("ben") ? 3 : 0;
            Performer performer =
                    new Performer(script, person, person.equals("anna") ? 3 : 0, person.equals("anna") ? 150 : -90);
            performer.camera(VideoClip.flashes(codec, "0x204060", 320, 180), from, 20);
            performer.microphone(SoundClip.beeps(PITCH, 31), from, 20);
        }
        for (String person : List.of("anna", "ben")) {
            File file = remux(script, person);
            assertThat(file.container)
                    .isEqualTo(codec == VideoCodec.H264 ? Preset.Container.MP4 : Preset.Container.WEBM);
            assertThat(file.judged().probe("v:0", "stream=codec_name,width,height"))
                    .isEqualTo(codec.name().toLowerCase(java.util.Locale.ROOT) + "\n320\n180");
            assertThat(file.judged().probe("a:0", "stream=codec_name,sample_rate"))
                    .isEqualTo("opus\n48000");
            assertThat(file.rendered.remarks()).isEmpty();
            assertThat(file.rendered.durationNanos()).isEqualTo(20_000_000_000L);
            short[] samples = file.judged().samples();
            assertThat(samples.length).isBetween(20 * RATE - 200, 20 * RATE + 200);
            List<Double> heard = Judged.beeps(samples, PITCH).stream().skip(1).toList();
            List<Double> offsets = Judged.offsetsMillis(file.flashes(), heard);
            assertThat(offsets).hasSizeGreaterThan(13);
            assertThat(Judged.median(offsets)).as("offsets %s", offsets).isCloseTo(0, within(8.0));
            assertThat(offsets).allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(15.0)));
            beeps.add(heard);
        }
        // both made theirs at the same moments
        assertThat(Judged.offsetsMillis(beeps.get(0), beeps.get(1)))
                .allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(25.0)));
    }

    @Test
    void REN_10_afterALossThePictureIsHeldAndTheSoundStaysInPlace() throws Exception {
        Script script = Script.of("Loss", "anna").stops(20);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.losing(sequence -> sequence % 97 == 5).camera(VideoClip.flashes("0x20c020", 320, 180), 0, 20);
        anna.losing(sequence -> sequence % 20 == 7 || sequence / 60 % 7 == 3)
                .microphone(SoundClip.beeps(PITCH, 31), 0, 20);
        File file = remux(script, "anna");
        assertThat(file.seen().size()).isBetween(100, 599);
        short[] samples = file.judged().samples();
        assertThat(samples.length).isBetween(20 * RATE - 200, 20 * RATE + 200);
        List<Double> beeps = Judged.beeps(samples, PITCH);
        assertThat(beeps).hasSizeGreaterThan(10);
        // those of which the beginning came
        List<Double> inPlace = beeps.stream()
                .filter(beep -> Math.abs(beep - Math.round(beep * 30 / 31) * 31 / 30.0) < 0.02)
                .toList();
        assertThat(inPlace).hasSizeGreaterThan(8);
    }

    @Test
    void REN_10_whatTheNextPacketRepeatedIsThere() throws Exception {
        Script script = Script.of("RED", "anna").stops(10);
        new Performer(script, "anna", 0, 0)
                .repeating(1)
                .losing(sequence -> sequence % 10 == 7)
                .microphone(SoundClip.tone(PITCH, 0.3, 10), 0, 10);
        short[] samples = remux(script, "anna").judged().samples();
        for (int at = 9_600; at < 470_000; at += 480) {
            double power = 0;
            for (int i = 0; i < 480; i++) {
                power += (double) samples[at + i] * samples[at + i];
            }
            assertThat(Math.sqrt(power / 480)).as("no hole at sample %s", at).isGreaterThan(1000);
        }
    }

    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void REN_10_whatWasMutedIsNeitherSeenNorHeard(VideoCodec codec) throws Exception {
        Script script = Script.of("Mutes", "anna").stops(14);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.still(codec, "white", 320, 180), 2, 14);
        anna.microphone(SoundClip.tone(PITCH, 0.3, 14), 2, 14);
        script.mutes(5, "anna", Kind.CAMERA, true).mutes(8, "anna", Kind.CAMERA, false);
        script.mutes(6, "anna", Kind.MICROPHONE, true).mutes(9, "anna", Kind.MICROPHONE, false);
        File file = remux(script, "anna");
        List<Seen> seen = file.seen();
        assertThat(seen).anyMatch(one -> one.seconds > 4 && one.luma > 220).allSatisfy(one -> {
            boolean on = one.seconds > 2.05 && one.seconds < 4.95 || one.seconds > 8.1;
            boolean off = one.seconds < 1.95 || one.seconds > 5.05 && one.seconds < 7.95;
            assertThat(one.luma).as("at %s s", one.seconds).isBetween(on ? 200 : 0, off ? 80 : 255);
        });
        for (int second = 2; second < 14; second++) {
            assertThat(seen).anyMatch(near(second));
        }
        short[] samples = file.judged().samples();
        assertThat(loudest(samples, 0.1, 1.9)).as("before").isLessThan(40);
        assertThat(loudest(samples, 3, 5.9)).isGreaterThan(3000);
        assertThat(loudest(samples, 6.1, 8.9)).as("muted").isLessThan(40);
        assertThat(loudest(samples, 9.2, 13)).isGreaterThan(3000);
    }

    private static java.util.function.Predicate<Seen> near(int second) {
        return one -> one.seconds >= second && one.seconds < second + 1.1;
    }

    private static int loudest(short[] samples, double from, double to) {
        int loudest = 0;
        for (int i = (int) (from * RATE); i < to * RATE; i++) {
            loudest = Math.max(loudest, Math.abs(samples[i]));
        }
        return loudest;
    }

    @Test
    void whoComesLateIsDarkFromZeroOnSoThatPlayersNeedNotLookForAPicture() throws Exception {
        Script script = Script.of("Late", "anna").stops(12);
        new Performer(script, "anna", 0, 0).camera(VideoClip.flashes("0x20c020", 320, 180), 9, 12);
        List<Seen> seen = remux(script, "anna").seen();
        assertThat(seen.getFirst().seconds).isEqualTo(0);
        assertThat(seen.stream().filter(one -> one.seconds < 8.99).toList()).hasSize(9);
    }

    @Test
    void parametersThatCameOnceAreAtEachKeyFrameBehindADarkPicture() throws Exception {
        Script script = Script.of("Once", "anna").stops(12);
        new Performer(script, "anna", 0, 0).camera(VideoClip.describedOnce("0x20c020", 320, 180), 0, 12);
        script.mutes(3, "anna", Kind.CAMERA, true).mutes(5, "anna", Kind.CAMERA, false);
        File file = remux(script, "anna");
        assertThat(file.seen()).anyMatch(one -> one.seconds > 9 && one.luma > 80);
    }

    @Test
    void whatNoFileCanHoldIsSaid() throws Exception {
        Script script = Script.of("Telephone", "anna").stops(4);
        new Performer(script, "anna", 0, 0).microphone(SoundClip.telephone("PCMU", PITCH, 4), 0, 4);
        File file = remux(script, "anna");
        assertThat(file.rendered.remarks()).singleElement().asString().contains("PCMU");
        assertThat(file.judged().probe("v:0", "stream=codec_name")).isEmpty();
        assertThat(loudest(file.judged().samples(), 0, 3.9)).isLessThan(40);
    }

    @Test
    void hostilePayloadAndNobodyDoNoHarm() throws Exception {
        Script script = Script.of("Noise", "anna").stops(4);
        Performer anna = new Performer(script, "anna", 0, 0);
        anna.camera(VideoClip.garbage(), 0, 4);
        anna.microphone(SoundClip.broken(), 0, 4);
        try (RecordedTape tape = RealTape.of(script, folder.resolve("spool"))) {
            Remux remux = Remux.of(tape, "anna");
            Path path = folder.resolve("anna.webm");
            Rendered rendered = remux.write(new MemoryOutput(path), Progress.SILENT);
            assertThat(rendered.durationNanos()).isEqualTo(4_000_000_000L);
            assertThat(rendered.remarks()).anyMatch(remark -> remark.contains("packets of sound"));
            assertThatThrownBy(() -> Remux.of(tape, "nobody")).isInstanceOf(RenderFault.class);
        }
    }

    @Test
    void itEndsWhenItShall() throws Exception {
        Script script = Script.of("Cancelled", "anna").stops(10);
        new Performer(script, "anna", 0, 0).microphone(SoundClip.tone(PITCH, 0.3, 10), 0, 10);
        try (RecordedTape tape = RealTape.of(script, folder.resolve("spool"))) {
            Remux remux = Remux.of(tape, "anna");
            Progress cancelled = new Progress() {
                @Override
                public void at(double fraction) {}

                @Override
                public boolean cancelled() {
                    return true;
                }
            };
            assertThatThrownBy(() -> remux.write(new MemoryOutput(folder.resolve("x")), cancelled))
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void theSameTapeGivesTheSameBytes() throws Exception {
        Script script = Script.of("Same", "anna").stops(4);
        Performer anna = new Performer(script, "anna", 1, 40);
        anna.camera(VideoClip.flashes("0x20c020", 320, 180), 0, 4);
        anna.microphone(SoundClip.beeps(PITCH, 31), 0, 4);
        try (RecordedTape tape = RealTape.of(script, folder.resolve("spool"))) {
            List<byte[]> files = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Path path = folder.resolve(i + ".webm");
                Remux.of(tape, "anna").write(new MemoryOutput(path), Progress.SILENT);
                files.add(Files.readAllBytes(path));
            }
            assertThat(Arrays.equals(files.get(0), files.get(1))).isTrue();
        }
    }
}
