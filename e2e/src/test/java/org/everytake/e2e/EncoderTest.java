package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.everytake.bench.server.Await;
import org.everytake.bench.tape.ServerTape;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.FlashClip;
import org.everytake.tape.Kind;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.Malformed;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.video.FrameAssembler;
import org.everytake.wire.video.VideoFrame;
import org.everytake.wire.video.VideoLoss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An encoder that is not ours, by WHIP: in the room, on the tape, in the files. */
@ExtendWith(World.Resolver.class)
class EncoderTest {
    private static final FlashClip CLIP = new FlashClip("0x2060C0", 440, 320, 180, 200, 2);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void CAP_13_whatAnEncoderOfAnotherMakeSendsIsOnTapeFrameForFrame(World world) throws Exception {
        World.Session session = world.session("From the stage");
        JsonNode token = token(world, session, "Stage", "publish");
        Clip clip = CLIP.in(folder);
        String recording;
        try (Encoder encoder =
                Encoder.start(world.server().address(), token.path("token").asText(), clip, folder)) {
            recording = start(world, session);
            Await.until(
                    "three seconds are on tape",
                    PATIENCE,
                    () -> pictures(world, recording).size() > 90);
            encoder.restart();
            int before = pictures(world, recording).size();
            Await.until("it goes on", PATIENCE, () -> pictures(world, recording).size() > before + 60);
            assertThat(encoder.end()).isZero();
            assertThat(world.api()
                            .get("rooms/" + session.id())
                            .orFail()
                            .path("live")
                            .asInt())
                    .isZero();
            world.api()
                    .post("recordings/" + recording + "/stop", null, Map.of())
                    .orFail();
        }
        JsonNode ready = RecordedCall.awaitReady(world.api(), recording);
        assertThat(ready.path("people")).hasSize(1);
        assertThat(ready.path("people").path(0).path("name").asText()).isEqualTo("Stage");
        assertThat(RecordedCall.rendition(ready, "participant").path("name").asText())
                .contains("Stage");

        // While it restarts ICE, werift throws away what it is given: one break, and no more.
        assertThat(breaks(pictures(world, recording), clip.video())).isLessThanOrEqualTo(1);
        assertThat(breaks(sounds(world, recording), clip.audio())).isLessThanOrEqualTo(1);
    }

    @Test
    void CAP_13_aPlayerOfAnotherMakeSeesAndHearsIt(World world) throws Exception {
        World.Session session = world.session("In the foyer");
        String stage = madeInThePage(world, session);
        JsonNode foyer = token(world, session, "Foyer", "watch");
        Clip clip = CLIP.in(folder);
        URI server = world.server().address();
        List<String> received;
        try (Encoder encoder = Encoder.start(server, stage, clip, folder)) {
            received = Player.watch(server, foyer.path("token").asText(), 60, folder);
            assertThat(encoder.end()).isZero();
        }
        List<String> pictures = hashes("video", clip.video());
        List<String> sounds = hashes("audio", clip.audio());
        assertThat(received)
                .filteredOn(line -> line.startsWith("video"))
                .hasSizeGreaterThanOrEqualTo(60)
                .isSubsetOf(pictures);
        assertThat(received)
                .filteredOn(line -> line.startsWith("audio"))
                .hasSizeGreaterThan(50)
                .isSubsetOf(sounds);
    }

    /** As a host does it; the secret that is shown. */
    private static String madeInThePage(World world, World.Session session) {
        try (Page page = world.chromium().page(world.api())) {
            page.navigate(world.server()
                    .address()
                    .resolve("/sessions/" + session.id())
                    .toString());
            page.getByTestId("encoders-none").waitFor();
            page.getByTestId("token-new").click();
            page.getByTestId("token-name").fill("Stage");
            page.getByTestId("token-make").click();
            String secret = page.getByTestId("token-value").inputValue();
            assertThat(page.getByTestId("token-address").inputValue())
                    .isEqualTo(world.server().address().resolve("/api/v1/whip").toString());
            page.getByTestId("token-done").click();
            page.getByTestId("token-row").waitFor();
            assertThat(page.getByTestId("token-row").innerText())
                    .contains("Stage", secret.substring(secret.length() - 4));
            return secret;
        }
    }

    private static List<String> hashes(String kind, List<Clip.Unit> units) throws NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        return units.stream()
                .map(unit -> kind + " " + HexFormat.of().formatHex(sha256.digest(unit.bytes())))
                .toList();
    }

    private static JsonNode token(World world, World.Session session, String name, String right) throws Exception {
        return world.api()
                .post("sessions/" + session.id() + "/tokens", null, Map.of("name", name, "may", List.of(right)))
                .orFail();
    }

    /** Once something is sent. */
    private static String start(World world, World.Session session) throws Exception {
        return world.api()
                .post("sessions/" + session.id() + "/recordings", null, Map.of())
                .orFail()
                .path("id")
                .asText();
    }

    /** How often what was taped is not the unit after the one before. Fails if it is none of those that were sent. */
    private static int breaks(List<byte[]> taped, List<Clip.Unit> sent) {
        int breaks = -1; // it begins anywhere
        int next = sent.size();
        for (byte[] unit : taped) {
            if (next == sent.size() || !Arrays.equals(sent.get(next).bytes(), unit)) {
                breaks++;
                next = indexOf(unit, sent);
            }
            next = (next + 1) % sent.size();
        }
        return breaks;
    }

    private static int indexOf(byte[] unit, List<Clip.Unit> sent) {
        for (int i = 0; i < sent.size(); i++) {
            if (Arrays.equals(sent.get(i).bytes(), unit)) {
                return i;
            }
        }
        throw new AssertionError("of what is on tape a unit of " + unit.length + " bytes was not sent");
    }

    private static List<byte[]> pictures(World world, String recording) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        var assembler = new FrameAssembler(VideoCodec.VP8.depacketizer(), new FrameAssembler.Listener() {
            @Override
            public void frame(VideoFrame frame) {
                frames.add(frame.bytes());
            }

            @Override
            public void lost(VideoLoss loss) {
                frames.add(new byte[0]);
            }
        });
        for (TapeRecord record : records(world, recording, Kind.CAMERA)) {
            assembler.push(packet(record), record.sequence());
        }
        return frames;
    }

    private static List<byte[]> sounds(World world, String recording) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        for (TapeRecord record : records(world, recording, Kind.MICROPHONE)) {
            RtpPacket packet = packet(record);
            packets.add(Arrays.copyOfRange(
                    packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength()));
        }
        return packets;
    }

    private static RtpPacket packet(TapeRecord record) throws IOException {
        try {
            return new RtpPacket().wrap(record.bytes(), 0, record.bytes().length);
        } catch (Malformed e) {
            throw new IOException(e);
        }
    }

    private static List<TapeRecord> records(World world, String recording, Kind kind) throws IOException {
        List<TapeRecord> records = new ArrayList<>();
        try (RecordedTape tape = ServerTape.open(world.server().place().data(), recording)) {
            for (RecordedTake take : tape.takes()) {
                if (take.description().source().kind() == kind) {
                    take.records().forEach(records::add);
                }
            }
        }
        return records;
    }
}
