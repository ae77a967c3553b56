package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.everytake.studio.config.Setting;
import org.everytake.studio.config.SettingsReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client comes from 127.0.0.1, which one server takes for its proxy and the other does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustedProxiesTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer behind = start("127.0.0.1", "10.0.0.2");
    private final HttpServer alone = start("10.0.0.2");
    private final HttpServer behindMany = start("127.0.0.0/8", "10.1.0.0/16", "2001:db8::/32");

    TrustedProxiesTest() throws Exception {}

    private static HttpServer start(String... proxies) throws Exception {
        var settings = SettingsReader.read(
                Map.of(Setting.TRUSTED_PROXY, String.join(",", proxies)), Map.of(), null, Path.of("nowhere"));
        var listening = new Listening(
                "127.0.0.1",
                0,
                URI.create("https://studio.example.org"),
                Optional.empty(),
                settings.web().trustedProxies(),
                Set.of());
        return HttpServer.start(
                listening,
                List.of(routes -> routes.get(
                        "/api/whence",
                        context -> context.result(context.ip() + " " + context.scheme() + " "
                                + context.req().isSecure()))),
                List.of());
    }

    @AfterAll
    void close() {
        behind.close();
        behindMany.close();
        alone.close();
        client.close();
    }

    private HttpResponse<String> send(HttpServer server, String headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/whence"));
        for (String header : headers.split("\\|", -1)) {
            String[] parts = header.split(": ", 2);
            request.header(parts[0], parts[1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "X-Forwarded-For: 192.0.2.1 > 192.0.2.1 http false",
                "X-Forwarded-For: 192.0.2.1|X-Forwarded-Proto: https > 192.0.2.1 https true",
                "X-Forwarded-Proto: https > 127.0.0.1 https true",
                "Forwarded: for=192.0.2.1;proto=https > 192.0.2.1 https true",
                "Forwarded: For=\"[2001:db8::7]:4711\";Proto=HTTPS;by=10.0.0.2 > [2001:db8:0:0:0:0:0:7] https true",
                "X-Forwarded-For: 2001:db8::7 > [2001:db8:0:0:0:0:0:7] http false",
                "X-Forwarded-For: 192.0.2.1:5678 > 192.0.2.1 http false",
                // What the client said itself stands before what the proxy saw.
                "X-Forwarded-For: 6.6.6.6, 192.0.2.1 > 192.0.2.1 http false",
                "X-Forwarded-For: 6.6.6.6|X-Forwarded-For: 192.0.2.1 > 192.0.2.1 http false",
                "Forwarded: for=6.6.6.6, for=192.0.2.1 > 192.0.2.1 http false",
                // Another proxy of ours stood before this one.
                "X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.0.0.2 > 192.0.2.1 http false",
                "X-Forwarded-For: 10.0.0.2 > 10.0.0.2 http false",
                // What is no address ends the reading.
                "X-Forwarded-For: 6.6.6.6, evil.example > 127.0.0.1 http false",
                "X-Forwarded-For: 192.0.2.1, evil&, 10.0.0.2 > 10.0.0.2 http false",
                "Forwarded: for=_hidden > 127.0.0.1 http false",
                "Forwarded: for=\"unknown\", for=;;=, ;proto > 127.0.0.1 http false",
                "Forwarded: for=192.0.2.1|X-Forwarded-For: 192.0.2.1 > 192.0.2.1 http false"
            })
    void aNamedProxyIsBelievedAndItsClientIsNot(String headers, String seen) throws Exception {
        var answer = send(behind, headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "X-Forwarded-For: 192.0.2.1|X-Forwarded-Proto: https >",
                "Forwarded: for=192.0.2.1;proto=https >",
                "X-Forwarded-For: 10.0.0.2|Forwarded: for=192.0.2.1 >"
            })
    void aForgedHeaderOfAnybodyElseChangesNothing(String headers, String nothing) throws Exception {
        var answer = send(alone, headers);
        assertThat(answer.body()).isEqualTo("127.0.0.1 http false");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.1.255.255 > 192.0.2.1",
                "X-Forwarded-For: 6.6.6.6, 10.2.0.0, 10.1.0.0 > 10.2.0.0",
                "X-Forwarded-For: 6.6.6.6, 2001:db9::1, 2001:db8:ffff::1 > [2001:db9:0:0:0:0:0:1]",
                "X-Forwarded-For: 6.6.6.6, ::ffff:192.0.2.1, ::ffff:10.1.2.3 > 192.0.2.1",
            })
    void proxiesMayBeNamedByTheirNetwork(String headers, String seen) throws Exception {
        assertThat(send(behindMany, headers).body()).isEqualTo(seen + " http false");
    }

    @Test
    void headersThatContradictEachOtherAreRefused() throws Exception {
        var answer = send(behind, "Forwarded: for=6.6.6.6|X-Forwarded-For: 192.0.2.1");
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void STO_2_whoCameToTheProxyByTlsIsToldToDoSoEverAfter() throws Exception {
        assertThat(send(behind, "X-Forwarded-Proto: https").headers().firstValue("Strict-Transport-Security"))
                .hasValue("max-age=31536000");
        assertThat(send(behind, "X-Forwarded-Proto: http").headers().firstValue("Strict-Transport-Security"))
                .isEmpty();
    }
}
