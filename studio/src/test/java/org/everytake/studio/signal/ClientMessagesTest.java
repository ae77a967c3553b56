package org.everytake.studio.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.everytake.call.Kind;
import org.everytake.call.Viewed;
import org.everytake.studio.signal.BadMessage.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientMessagesTest {

    private static final String VIEWED = "{\"person\":\"p\",\"kind\":\"camera\",\"height\":360}";

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("{\"type\":\"join\",\"name\":\"Anna\"}", new ClientMessage.Join("Anna", null)),
                Arguments.of("{\"type\":\"join\"}", new ClientMessage.Join(null, null)),
                Arguments.of(
                        "{\"type\":\"join\",\"name\":\"Anna\",\"pass\":null}", new ClientMessage.Join("Anna", null)),
                Arguments.of(
                        "{\"type\":\"join\",\"name\":\" Žofie \",\"pass\":\"p\"}",
                        new ClientMessage.Join("Žofie", "p")),
                Arguments.of(
                        "{\"type\":\"join\",\"name\":\"" + "😀".repeat(80) + "\"}",
                        new ClientMessage.Join("😀".repeat(80), null)),
                Arguments.of(
                        "{\"type\":\"publish\",\"sdp\":\"v=0\",\"tracks\":[{\"mid\":\"0\",\"kind\":\"microphone\"},"
                                + "{\"mid\":\"1\",\"kind\":\"camera\",\"more\":1}]}",
                        new ClientMessage.Publish("v=0", Map.of("0", Kind.MICROPHONE, "1", Kind.CAMERA))),
                Arguments.of(
                        "{\"type\":\"publish\",\"sdp\":\"\",\"tracks\":[]}", new ClientMessage.Publish("", Map.of())),
                Arguments.of(
                        "{\"type\":\"subscribed\",\"serial\":7,\"sdp\":\"v=0\"}",
                        new ClientMessage.Subscribed(7, "v=0")),
                Arguments.of(
                        "{\"type\":\"mute\",\"kind\":\"camera\",\"muted\":true}",
                        new ClientMessage.Mute(Kind.CAMERA, true)),
                Arguments.of(
                        publish("{\"mid\":\"2\",\"kind\":\"screen\"}"),
                        new ClientMessage.Publish("", Map.of("2", Kind.SCREEN))),
                Arguments.of(
                        view("{\"person\":\"p2\",\"kind\":\"camera\",\"height\":360},"
                                + "{\"person\":\"p3\",\"kind\":\"screen\",\"height\":0}"),
                        new ClientMessage.View(
                                List.of(new Viewed("p2", Kind.CAMERA, 360), new Viewed("p3", Kind.SCREEN, 0)))),
                Arguments.of(view(""), new ClientMessage.View(List.of())),
                Arguments.of("{\"type\":\"leave\",\"unknown\":{\"is\":\"ignored\"}}", new ClientMessage.Leave()));
    }

    @ParameterizedTest
    @MethodSource("good")
    void everyMessageOfThePage(String text, ClientMessage expected) throws BadMessage {
        assertThat(ClientMessages.parse(text)).isEqualTo(expected);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("", Fault.MALFORMED_MESSAGE),
                Arguments.of("{", Fault.MALFORMED_JSON),
                Arguments.of("{} {}", Fault.MALFORMED_JSON),
                Arguments.of("{\"type\":\"leave\",\"type\":\"leave\"}", Fault.MALFORMED_JSON),
                Arguments.of("[".repeat(100_000), Fault.MALFORMED_JSON),
                Arguments.of("{\"type\":" + "9".repeat(1000) + "}", Fault.MALFORMED_JSON),
                Arguments.of("null", Fault.MALFORMED_MESSAGE),
                Arguments.of("[]", Fault.MALFORMED_MESSAGE),
                Arguments.of("{}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":1}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"Join\",\"name\":\"Anna\"}", Fault.UNKNOWN_TYPE),
                Arguments.of("{\"type\":\"join\",\"name\":7}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"join\",\"name\":\"  \"}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"join\",\"name\":\"" + "a".repeat(81) + "\"}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"join\",\"name\":\"a\\u0000\"}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"join\",\"name\":\"a\\u202eb\"}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"join\",\"name\":\"a\\ud800\"}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"join\",\"name\":\"A\",\"pass\":1}", Fault.MALFORMED_MESSAGE),
                Arguments.of(
                        "{\"type\":\"join\",\"name\":\"A\",\"pass\":\"" + "p".repeat(513) + "\"}",
                        Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"publish\",\"tracks\":[]}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"publish\",\"sdp\":\"\"}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"publish\",\"sdp\":\"\",\"tracks\":{}}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"publish\",\"sdp\":\"\",\"tracks\":[1]}", Fault.MALFORMED_MESSAGE),
                Arguments.of(publish("{\"kind\":\"camera\"}"), Fault.MALFORMED_MESSAGE),
                Arguments.of(publish("{\"mid\":\"\",\"kind\":\"camera\"}"), Fault.MALFORMED_MESSAGE),
                Arguments.of(publish("{\"mid\":\"1\",\"kind\":\"media\"}"), Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"mute\",\"kind\":\"screen\",\"muted\":true}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"view\"}", Fault.MALFORMED_MESSAGE),
                Arguments.of(view("1"), Fault.MALFORMED_MESSAGE),
                Arguments.of(view("{\"kind\":\"camera\",\"height\":1}"), Fault.MALFORMED_MESSAGE),
                Arguments.of(
                        view("{\"person\":\"" + "p".repeat(65) + "\",\"kind\":\"camera\",\"height\":1}"),
                        Fault.MALFORMED_MESSAGE),
                Arguments.of(view(VIEWED.replace("camera", "microphone")), Fault.MALFORMED_MESSAGE),
                Arguments.of(view(VIEWED.replace("360", "-1")), Fault.MALFORMED_MESSAGE),
                Arguments.of(view(VIEWED.replace("360", "3.5")), Fault.MALFORMED_MESSAGE),
                Arguments.of(view(VIEWED.replace("360", "4294967296")), Fault.MALFORMED_MESSAGE),
                Arguments.of(view(VIEWED.replace("360", "\"360\"")), Fault.MALFORMED_MESSAGE),
                Arguments.of(view((VIEWED + ",").repeat(512) + VIEWED), Fault.MALFORMED_MESSAGE),
                Arguments.of(
                        publish("{\"mid\":\"1\",\"kind\":\"camera\"},{\"mid\":\"1\",\"kind\":\"microphone\"}"),
                        Fault.MALFORMED_MESSAGE),
                Arguments.of(
                        publish("{\"mid\":\"1\",\"kind\":\"camera\"},".repeat(16) + "{}"), Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"subscribed\",\"serial\":1.5,\"sdp\":\"\"}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"subscribed\",\"serial\":-1,\"sdp\":\"\"}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"subscribed\",\"serial\":1e3,\"sdp\":\"\"}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"mute\",\"kind\":\"camera\"}", Fault.MALFORMED_MESSAGE),
                Arguments.of("{\"type\":\"mute\",\"kind\":\"camera\",\"muted\":\"yes\"}", Fault.MALFORMED_MESSAGE));
    }

    private static String view(String tracks) {
        return "{\"type\":\"view\",\"tracks\":[" + tracks + "]}";
    }

    private static String publish(String tracks) {
        return "{\"type\":\"publish\",\"sdp\":\"\",\"tracks\":[" + tracks + "]}";
    }

    @ParameterizedTest
    @MethodSource("bad")
    void everyWrongFieldIsNamedByAStableId(String text, Fault expected) {
        BadMessage bad = assertThrows(BadMessage.class, () -> ClientMessages.parse(text));

        assertThat(bad.id).isEqualTo(expected);
        assertThat(bad.detail()).endsWith(".");
    }

    @Test
    void theErrorSaysWhichMessageWasWrong() {
        BadMessage bad = assertThrows(
                BadMessage.class, () -> ClientMessages.parse("{\"type\":\"mute\",\"kind\":\"nose\",\"muted\":true}"));

        assertThat(bad.of).isEqualTo("mute");
    }
}
