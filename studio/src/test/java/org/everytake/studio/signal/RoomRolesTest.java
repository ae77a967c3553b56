package org.everytake.studio.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.studio.library.SessionMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is what in a room, and who comes in after its invitation was revoked. */
class RoomRolesTest {
    private final AtomicInteger persons = new AtomicInteger();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private CallServer call;
    private Rooms rooms;

    @BeforeEach
    void open() throws IOException {
        call = CallServer.open(CallOptions.of(new InetSocketAddress("127.0.0.1", 0)));
        rooms = new Rooms(
                SignalOptions.standard(),
                call::room,
                session -> null,
                () -> "p" + persons.incrementAndGet(),
                new Passes(new byte[32], InstantSource.system()),
                System::nanoTime,
                executor);
    }

    @AfterEach
    void close() {
        rooms.close();
        call.close();
        executor.close();
    }

    private FakeFrames say(Door.Keeper keeper, String... messages) {
        FakeFrames frames = new FakeFrames();
        RoomSocket socket = Objects.requireNonNull(rooms.connect("s1", keeper, frames));
        for (String message : messages) {
            socket.received(message);
        }
        return frames;
    }

    private static JsonNode joined(FakeFrames frames) {
        return Await.value("joined", () -> frames.last("joined"));
    }

    private static String join(String name, String pass) {
        return "{\"type\":\"join\",\"name\":\"" + name + "\",\"pass\":\"" + pass + "\"}";
    }

    @Test
    void CAP_4_thePassOfHostAndCoHostRecordsAndAnAttendeesDoesNot() {
        for (RoomRole role : RoomRole.values()) {
            JsonNode joined = joined(say(Doors.as(role, "s1", "Show"), join("Anna", "")));
            assertThat(joined.path("role").asText()).isEqualTo(role.word());
            assertThat(joined.at("/session/mode").asText()).isEqualTo("video");
            assertThat(rooms.present("s1", joined.path("pass").asText())
                            .orElseThrow()
                            .mayRecord())
                    .isEqualTo(role != RoomRole.ATTENDEE);
        }
    }

    @Test
    void whoReturnsByTheirPassStaysWhatTheyWere() {
        String pass = joined(say(Doors.as(RoomRole.HOST, "s1", "Show"), join("Anna", "")))
                .path("pass")
                .asText();
        JsonNode again = joined(say(Doors.as(RoomRole.ATTENDEE, "s1", "Show"), join("Anna", pass)));
        assertThat(again.path("role").asText()).isEqualTo("host");
        assertThat(again.path("pass").asText()).isEqualTo(pass);
    }

    @Test
    void CAP_1_aRevokedInvitationLetsNobodyNewInAndThoseInsideReturn() {
        String pass = joined(say(Doors.as(RoomRole.ATTENDEE, "s1", "Show"), join("Ben", "")))
                .path("pass")
                .asText();
        Door.Keeper revoked = key -> Optional.empty();

        FakeFrames stranger = say(revoked, join("Cleo", ""));
        Await.until("turned away", () -> stranger.closeCode() == 4404);
        assertThat(joined(say(revoked, join("Ben", pass))).path("person").asText())
                .isEqualTo("p1");
        FakeFrames nowhere = new FakeFrames();
        assertThat(rooms.connect("s2", revoked, nowhere)).isNull();
        assertThat(nowhere.closeCode()).isEqualTo(4404);
    }

    @Test
    void whoIsSignedInNeedNotSayANameAndAGuestMust() {
        Door.Keeper keeper =
                key -> Optional.of(new Door("s1", "Show", SessionMode.VIDEO, 720, RoomRole.ATTENDEE, "Dora", false));
        JsonNode joined = joined(say(keeper, "{\"type\":\"join\"}"));
        assertThat(joined.at("/people/0/name").asText()).isEqualTo("Dora");
        FakeFrames guest = say(Doors.open("s1", "Show"), "{\"type\":\"join\"}");
        assertThat(Await.value("error", () -> guest.last("error")).path("id").asText())
                .isEqualTo("malformed-message");
    }

    @Test
    void CAP_3_whereThereAreNoCamerasNoneIsTakenWhateverItIsCalled() {
        String picture = "v=0\\r\\no=- 1 1 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n"
                + "m=video 9 UDP/TLS/RTP/SAVPF 96\\r\\nc=IN IP4 0.0.0.0\\r\\na=mid:0\\r\\na=sendonly\\r\\n";
        for (String offer : List.of(
                publish("v=0", "{\"mid\":\"0\",\"kind\":\"camera\"}"),
                publish(picture, "{\"mid\":\"0\",\"kind\":\"microphone\"}"),
                publish(picture, ""))) {
            FakeFrames frames = new FakeFrames();
            RoomSocket socket = Objects.requireNonNull(rooms.connect("s1", noCameras(), frames));
            socket.received(join("Anna", ""));
            assertThat(joined(frames).at("/session/mode").asText()).isEqualTo("audio-no-video");
            socket.received(offer);
            JsonNode error = Await.value("error", () -> frames.last("error"));
            assertThat(error.path("id").asText()).isEqualTo("unsupported-sdp");
            assertThat(error.path("detail").asText()).isEqualTo("This session has no video.");
        }
    }

    private static Door.Keeper noCameras() {
        return key -> Optional.of(new Door("s1", "Show", SessionMode.AUDIO_NO_VIDEO, 720, RoomRole.HOST, null, false));
    }

    private static String publish(String sdp, String tracks) {
        return "{\"type\":\"publish\",\"sdp\":\"" + sdp + "\",\"tracks\":[" + tracks + "]}";
    }
}
