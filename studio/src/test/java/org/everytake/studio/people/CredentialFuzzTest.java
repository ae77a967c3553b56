package org.everytake.studio.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.people.PeopleStage.FIRST;
import static org.everytake.studio.people.PeopleStage.json;
import static org.everytake.studio.people.PeopleStage.outcome;
import static org.everytake.studio.people.PeopleStage.read;
import static org.everytake.studio.people.PeopleStage.token;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.everytake.studio.people.TestPeople.Somebody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What lets people in, damaged at random from a seed, as bytes on real connections: whatever comes, nobody is signed in
 * by it and nothing breaks. {@code -Deverytake.fuzz.rounds=100000} goes on for longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialFuzzTest {
    private static final int ROUNDS = Integer.getInteger("everytake.fuzz.rounds", 300);

    /** What means something in headers, cookies or JSON, and what means nothing anywhere. */
    private static final String ODD = "\"\\;,= \t.-_~+/%00$@{}[]()<>aZ09\u0000\u0001\u001f\u007f\u0080\u00a0\u00ff";

    private final PeopleStage stage = new PeopleStage();
    private final Somebody anna = stage.people.somebody(FIRST, "Anna", Role.ADMIN);
    private final String key = stage.people.key(anna, Scope.values())[1].substring("Bearer ".length());

    CredentialFuzzTest() throws Exception {}

    @AfterAll
    void close() {
        stage.close();
    }

    /** Never holds the secret itself: that would be no forgery. */
    private static String damaged(String whole, String secret, Random random) {
        while (true) {
            var text = new StringBuilder(random.nextInt(8) == 0 ? noise(random) : whole);
            for (int i = random.nextInt(5); i >= 0; i--) {
                change(text, random);
            }
            if (text.indexOf(secret) < 0) {
                return text.toString();
            }
        }
    }

    private static String noise(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(300); i > 0; i--) {
            char any = (char) random.nextInt(256);
            text.append(any == '\r' || any == '\n' ? 'x' : any);
        }
        return text.toString();
    }

    private static void change(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() + 1);
        char odd = ODD.charAt(random.nextInt(ODD.length()));
        switch (random.nextInt(6)) {
            case 0 -> text.insert(at, odd);
            case 1 -> text.insert(at, text.substring(0, at));
            case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
            case 3 -> text.setLength(at);
            case 4 -> text.append(String.valueOf(odd).repeat(random.nextInt(2_000)));
            default -> {
                if (at < text.length()) {
                    text.setCharAt(at, odd);
                }
            }
        }
    }

    /** The status of the answer to one request, on a connection of its own, sent as it is. */
    private int ask(String header) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stage.port()), 60_000);
            socket.setSoTimeout(60_000);
            String request =
                    "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            assertThat(answer).as(header).matches("HTTP/1\\.[01] [0-9]{3}");
            return Integer.parseInt(answer.substring(9));
        }
    }

    private void fuzz(String secret, String whole, Function<String, String> header) throws IOException {
        assertThat(ask(header.apply(whole))).isEqualTo(200);
        var random = new Random(whole.indexOf(secret));
        for (int i = 0; i < ROUNDS; i++) {
            String sent = header.apply(damaged(whole, secret, random));
            // The server refuses what is no header with 400 or 431, and everybody else for having no key.
            assertThat(ask(sent)).as(sent).isIn(400, 401, 431);
        }
        assertThat(ask(header.apply(whole))).isEqualTo(200);
    }

    @Test
    void ORG_9_noDamagedKeyIsAKey() throws Exception {
        fuzz(key, key, value -> "Authorization: Bearer " + value);
    }

    @Test
    void ORG_9_noDamagedCookieIsSignedIn() throws Exception {
        fuzz(anna.secret(), "theme=dark; everytake=" + anna.secret() + "; other=\"a b\"", value -> "Cookie: " + value);
    }

    @Test
    void ORG_9_noDamagedTokenIsALink() throws Exception {
        HttpResponse<String> made = stage.ask(
                "POST", "/members/invitations", json("email", "new@example.org", "role", "member"), anna.cookie());
        String token = token(read(made).path("link").asText());
        var random = new Random(11);
        for (int i = 0; i < ROUNDS; i++) {
            String forged = damaged(token, token, random);
            boolean looks = random.nextBoolean();
            HttpResponse<String> answer = looks
                    ? stage.ask("POST", "/links/look", json("token", forged))
                    : stage.ask("POST", "/links/use", json("token", forged, "name", "N", "password", "x".repeat(20)));
            assertThat(outcome(answer)).as(forged).isEqualTo("404 no-such-link");
            assertThat(answer.headers().firstValue("Set-Cookie")).as(forged).isEmpty();
        }
        for (int i = 0; i < ROUNDS; i++) {
            String body = damaged(json("token", token), token, random);
            HttpResponse<String> answer = stage.ask("POST", "/links/look", body);
            assertThat(answer.statusCode()).as(body).isIn(Set.of(400, 404, 413));
        }
        assertThat(outcome(stage.ask("POST", "/links/look", json("token", token))))
                .isEqualTo("200");
    }
}
