package org.everytake.studio.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.studio.record.RecordingStatus;
import org.everytake.studio.record.RecordingStatus.Phase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The protocol as clients see it, on a real call; the sockets' clock is stepped. */
class RoomsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger persons = new AtomicInteger();
    private final AtomicReference<@Nullable RecordingStatus> recording = new AtomicReference<>();
    private ExecutorService executor;
    private CallServer call;
    private Rooms rooms;

    @BeforeEach
    void open() throws IOException {
        executor = Executors.newVirtualThreadPerTaskExecutor();
        call = CallServer.open(CallOptions.of(new InetSocketAddress("127.0.0.1", 0)));
        rooms = new Rooms(
                SignalOptions.standard(),
                session -> call.room(session),
                session -> recording.get(),
                () -> "p" + persons.incrementAndGet(),
                new Passes(new byte[32], InstantSource.system()),
                nanos::get,
                executor);
    }

    @AfterEach
    void close() {
        rooms.close();
        call.close();
        executor.close();
    }

    private final class Client {
        final FakeFrames frames = new FakeFrames();
        final RoomSocket socket;

        Client() {
            RoomSocket connected = rooms.connect("s1", Doors.open("s1", "Show"), frames);
            assertThat(connected).isNotNull();
            socket = Objects.requireNonNull(connected);
        }

        JsonNode join(String name, @Nullable String pass) {
            socket.received(
                    pass == null
                            ? "{\"type\":\"join\",\"name\":\"" + name + "\"}"
                            : "{\"type\":\"join\",\"name\":\"" + name + "\",\"pass\":\"" + pass + "\"}");
            return Await.value("joined", () -> frames.last("joined"));
        }

        String error(String text) {
            int before = frames.received("error").size();
            socket.received(text);
            Await.until("an error", () -> frames.received("error").size() > before);
            return frames.last("error").orElseThrow().path("id").asText();
        }
    }

    private void passes(Duration time) {
        for (long i = 0; i < time.toSeconds(); i++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            rooms.tick();
        }
    }

    @Test
    void anUnknownSessionIsClosedWith4404() {
        var frames = new FakeFrames();

        assertThat(rooms.connect("none", Doors.open("s1", "Show"), frames)).isNull();

        assertThat(frames.closeCode()).isEqualTo(4404);
    }

    @Test
    void whoJoinsHearsWhoIsThereAndTheOthersHearOfThem() {
        var anna = new Client();
        JsonNode joined = anna.join("Anna", null);
        var bo = new Client();
        JsonNode second = bo.join("Bo", null);

        assertThat(joined.path("person").asText()).isEqualTo("p1");
        assertThat(joined.path("session").path("title").asText()).isEqualTo("Show");
        assertThat(joined.path("recording").isNull()).isTrue();
        assertThat(second.path("people")).hasSize(2);
        Await.until(
                "Anna hears of Bo",
                () -> anna.frames.received("person").stream()
                        .anyMatch(message -> message.path("name").asText().equals("Bo")));
        assertThat(rooms.live("s1")).isEqualTo(2);
    }

    @Test
    void thePassMakesWhoReturnsTheSamePersonAndClosesTheOlderSocket() {
        var first = new Client();
        JsonNode joined = first.join("Anna", null);
        String pass = joined.path("pass").asText();

        var second = new Client();
        JsonNode again = second.join("Anna A.", pass);

        assertThat(again.path("person")).isEqualTo(joined.path("person"));
        assertThat(new Client().join("Anna A.", again.path("pass").asText()).path("person"))
                .isEqualTo(joined.path("person"));
        assertThat(again.path("people")).hasSize(1);
        assertThat(first.frames.closeCode()).isEqualTo(4409);
        first.socket.lost();
        passes(Duration.ofSeconds(20));
        assertThat(rooms.live("s1")).isEqualTo(1);
    }

    @Test
    void aPassOfNobodyGivesANewPerson() {
        var anna = new Client();
        anna.join("Anna", null);
        var stranger = new Client();

        JsonNode joined = stranger.join("Mallory", "x".repeat(43));

        assertThat(joined.path("person").asText()).isEqualTo("p2");
        assertThat(joined.path("pass").asText()).isNotEqualTo("x".repeat(43));
    }

    @Test
    void CAP_4_aPassOfAnEarlierRunOfTheServerMakesWhoReturnsTheSamePerson() throws IOException {
        String pass = new Client().join("Anna", null).path("pass").asText();
        close();
        open();

        JsonNode joined = new Client().join("Anna", pass);

        assertThat(joined.path("person").asText()).isEqualTo("p1");
        assertThat(rooms.present("s1", joined.path("pass").asText())).isPresent();
        assertThat(rooms.present("s2", joined.path("pass").asText())).isEmpty();
    }

    @Test
    void aLostSocketKeepsItsPlaceForFifteenSeconds() {
        var anna = new Client();
        String pass = anna.join("Anna", null).path("pass").asText();
        var bo = new Client();
        bo.join("Bo", null);
        anna.socket.lost();

        passes(Duration.ofSeconds(14));
        assertThat(rooms.live("s1")).isEqualTo(2);
        assertThat(rooms.present("s1", pass)).isPresent();
        passes(Duration.ofSeconds(2));

        assertThat(rooms.live("s1")).isEqualTo(1);
        assertThat(rooms.present("s1", pass)).isEmpty();
        assertThat(Await.value("Bo hears it", () -> bo.frames.last("left"))
                        .path("person")
                        .asText())
                .isEqualTo("p1");
        JsonNode back = new Client().join("Anna", pass);
        assertThat(back.path("person").asText()).isEqualTo("p1");
    }

    @Test
    void leavingIsAtOnce() {
        var anna = new Client();
        anna.join("Anna", null);
        var bo = new Client();
        bo.join("Bo", null);

        anna.socket.received("{\"type\":\"leave\"}");

        assertThat(anna.frames.closeCode()).isEqualTo(1000);
        assertThat(rooms.live("s1")).isEqualTo(1);
        Await.until("Bo hears it", () -> bo.frames.last("left").isPresent());
    }

    @Test
    void silenceIsAskedAfterTenSecondsAndClosedAfterThirty() {
        var anna = new Client();
        anna.join("Anna", null);

        passes(Duration.ofSeconds(10));
        assertThat(anna.frames.pings()).isEqualTo(1);
        anna.socket.heard();
        passes(Duration.ofSeconds(29));
        assertThat(anna.frames.closeCode()).isZero();
        passes(Duration.ofSeconds(1));

        assertThat(anna.frames.closeCode()).isEqualTo(1001);
    }

    @Test
    void theTwentiethBadMessageClosesTheSocket() {
        var anna = new Client();
        for (int i = 1; i < 20; i++) {
            assertThat(anna.error("nonsense")).isEqualTo("malformed-json");
            assertThat(anna.frames.closeCode()).isZero();
        }

        anna.socket.received("nonsense");

        assertThat(anna.frames.closeCode()).isEqualTo(4400);
    }

    @Test
    void everyRefusalHasItsStableId() {
        var anna = new Client();
        assertThat(anna.error("{\"type\":\"mute\",\"kind\":\"camera\",\"muted\":true}"))
                .isEqualTo("not-joined");
        anna.join("Anna", null);
        assertThat(anna.error("{\"type\":\"join\",\"name\":\"Anna\"}")).isEqualTo("already-joined");
        assertThat(anna.error("{\"type\":\"publish\",\"sdp\":\"m=audio x\",\"tracks\":[]}"))
                .isIn("malformed-sdp", "unsupported-sdp");
        assertThat(anna.error("{\"type\":\"subscribed\",\"serial\":99,\"sdp\":\"v=0\"}"))
                .isEqualTo("unknown-serial");
        assertThat(anna.error("{\"type\":\"dance\"}")).isEqualTo("unknown-type");
    }

    @Test
    void whatIsViewedIsTakenWithoutAWord() {
        var anna = new Client();
        anna.join("Anna", null);

        anna.socket.received("{\"type\":\"view\",\"tracks\":[{\"person\":\"p2\",\"kind\":\"camera\",\"height\":360}]}");
        // Answers come in order: the error of the next message is the first.
        assertThat(anna.error("{\"type\":\"view\"}")).isEqualTo("malformed-message");

        assertThat(anna.frames.received("error")).hasSize(1);
    }

    @Test
    void aFullRoomRefusesAndLaterLetsIn() throws IOException {
        call.close();
        call = CallServer.open(
                CallOptions.of(new InetSocketAddress("127.0.0.1", 0)).withPeoplePerRoom(1));
        var anna = new Client();
        anna.join("Anna", null);
        var bo = new Client();

        assertThat(bo.error("{\"type\":\"join\",\"name\":\"Bo\"}")).isEqualTo("room-full");
        assertThat(rooms.live("s1")).isEqualTo(1);
        anna.socket.received("{\"type\":\"leave\"}");

        assertThat(bo.join("Bo", null).path("people")).hasSize(1);
    }

    @Test
    void everybodyHearsHowTheRecordingStands() {
        var anna = new Client();
        anna.join("Anna", null);
        recording.set(new RecordingStatus("r1", "Show", Phase.RECORDING, Instant.EPOCH, "Anna", null, null));

        rooms.recordingChanged("s1");

        assertThat(anna.frames
                        .last("recording")
                        .orElseThrow()
                        .path("recording")
                        .path("state")
                        .asText())
                .isEqualTo("recording");
        assertThat(new Client().join("Bo", null).path("recording").path("id").asText())
                .isEqualTo("r1");
    }

    @Test
    void aStoppingServerSaysSo() {
        var anna = new Client();
        anna.join("Anna", null);

        rooms.close();

        assertThat(anna.frames.closeCode()).isEqualTo(1001);
        var late = new FakeFrames();
        assertThat(rooms.connect("s1", Doors.open("s1", "Show"), late)).isNull();
        assertThat(late.closeCode()).isEqualTo(1001);
    }
}
