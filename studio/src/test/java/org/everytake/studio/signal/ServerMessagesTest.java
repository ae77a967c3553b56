package org.everytake.studio.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.everytake.call.Demand;
import org.everytake.call.Kind;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.record.RecordingStatus;
import org.everytake.studio.record.RecordingStatus.Phase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerMessagesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    static Stream<Arguments> messages() {
        var anna =
                new ServerMessage.Person("p1", "Anna \"A\"", Set.of(Kind.CAMERA), Set.of(Kind.CAMERA, Kind.MICROPHONE));
        var running = new RecordingStatus("r1", "Talk", Phase.RECORDING, NOON, "Anna", null, null);
        var failed = new RecordingStatus("r1", "Talk", Phase.FAILED, NOON, "Anna", null, "The disk is full.");
        return Stream.of(
                Arguments.of(
                        new ServerMessage.Joined(
                                "p1",
                                "secret",
                                RoomRole.HOST,
                                "s1",
                                "Show",
                                SessionMode.VIDEO,
                                720,
                                List.of(anna),
                                null,
                                List.of()),
                        """
                        {"type":"joined","person":"p1","pass":"secret","role":"host","session":{"id":"s1","title":"Show","mode":"video","cameraHeight":720},\
                        "people":[{"person":"p1","name":"Anna \\"A\\"","muted":["camera"],"sends":["microphone","camera"]}],\
                        "recording":null,"iceServers":[]}"""),
                Arguments.of(
                        new ServerMessage.Joined(
                                "p1",
                                "secret",
                                RoomRole.ATTENDEE,
                                "s1",
                                "Show",
                                SessionMode.AUDIO_NO_VIDEO,
                                360,
                                List.of(),
                                running,
                                List.of(
                                        new ServerMessage.IceServer(List.of("stun:s"), null, null),
                                        new ServerMessage.IceServer(List.of("turn:t"), "u", "c"))),
                        """
                        {"type":"joined","person":"p1","pass":"secret","role":"attendee","session":{"id":"s1","title":"Show","mode":"audio-no-video","cameraHeight":360},\
                        "people":[],"recording":{"id":"r1","title":"Talk","state":"recording",\
                        "startedAt":"2026-11-22T12:00:00Z","startedBy":"Anna","trouble":null,"detail":null},\
                        "iceServers":[{"urls":["stun:s"]},{"urls":["turn:t"],"username":"u","credential":"c"}]}"""),
                Arguments.of(new ServerMessage.Published("v=0\r\n"), "{\"type\":\"published\",\"sdp\":\"v=0\\r\\n\"}"),
                Arguments.of(
                        new ServerMessage.Subscribe(
                                3, "v=0", List.of(new ServerMessage.SubscribedTrack("0", "p2", Kind.MICROPHONE))),
                        """
                        {"type":"subscribe","serial":3,"sdp":"v=0",\
                        "tracks":[{"mid":"0","person":"p2","kind":"microphone"}]}"""),
                Arguments.of(
                        new ServerMessage.Demanded(
                                List.of(new Demand("1", Set.of("h", "f")), new Demand("2", Set.of()))),
                        """
                        {"type":"demand","tracks":[{"mid":"1","rids":["f","h"]},{"mid":"2","rids":[]}]}"""),
                Arguments.of(new ServerMessage.Speaker("p2"), "{\"type\":\"speaker\",\"person\":\"p2\"}"),
                Arguments.of(new ServerMessage.Speaker(null), "{\"type\":\"speaker\",\"person\":null}"),
                Arguments.of(
                        new ServerMessage.PersonChanged(new ServerMessage.Person("p2", "Bo", Set.of(), Set.of())),
                        "{\"type\":\"person\",\"person\":\"p2\",\"name\":\"Bo\",\"muted\":[],\"sends\":[]}"),
                Arguments.of(new ServerMessage.Left("p2"), "{\"type\":\"left\",\"person\":\"p2\"}"),
                Arguments.of(new ServerMessage.RecordingChanged(null), "{\"type\":\"recording\",\"recording\":null}"),
                Arguments.of(new ServerMessage.RecordingChanged(failed), """
                        {"type":"recording","recording":{"id":"r1","title":"Talk","state":"failed",\
                        "startedAt":"2026-11-22T12:00:00Z","startedBy":"Anna","trouble":null,"detail":"The disk is full."}}"""),
                Arguments.of(
                        new ServerMessage.Refused("not-joined", "Join first.", null),
                        "{\"type\":\"error\",\"id\":\"not-joined\",\"detail\":\"Join first.\"}"),
                Arguments.of(
                        new ServerMessage.Refused("malformed-sdp", "No.", "publish"),
                        "{\"type\":\"error\",\"id\":\"malformed-sdp\",\"detail\":\"No.\",\"of\":\"publish\"}"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageAsTheProtocolHasIt(ServerMessage message, String expected) {
        assertThat(ServerMessages.print(message)).isEqualTo(expected);
    }
}
