package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.websocket.api.Session;
import org.everytake.studio.http.tls.ServerIdentity;
import org.everytake.studio.http.tls.TestCertificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server behind real handshakes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private static final Instant NOW = Instant.now();

    private final TestCertificates.Issued issued;
    private final HttpServer server;

    TlsTest(@TempDir Path folder) throws Exception {
        issued = TestCertificates.issued(folder, NOW);
        server = start(ServerIdentity.read(issued.chain(), issued.key(), NOW));
    }

    private static HttpServer start(ServerIdentity identity) throws Exception {
        var listening = new Listening(
                "127.0.0.1", 0, URI.create("https://localhost"), Optional.of(identity), Set.of(), Set.of());
        return HttpServer.start(
                listening,
                List.of(
                        new Health(List.of()),
                        routes -> routes.get(
                                "/api/scheme",
                                context -> context.result(
                                        String.valueOf(context.req().isSecure())))),
                List.of((context, trusted) -> JettyWebSocketServletContainerInitializer.configure(
                        context,
                        (ignored, container) ->
                                container.addMapping("/api/echo", (request, response) -> new Quiet()))));
    }

    /** A WebSocket that says nothing. Public because Jetty looks its methods up. */
    public static final class Quiet implements Session.Listener.AutoDemanding {
        @Override
        public void onWebSocketError(Throwable cause) {
            // The client hangs up without a word.
        }
    }

    @AfterAll
    void close() {
        server.close();
    }

    private static HttpResponse<String> get(SSLContext trust, HttpServer server, String path) throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trust).build()) {
            var address = URI.create("https://127.0.0.1:" + server.port() + path);
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void STO_2_whoTrustsTheIssuerIsServedAndToldToComeByTlsEverAfter() throws Exception {
        var answer = get(TestCertificates.trusting(issued.root()), server, "/api/scheme");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("true");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void STO_2_whoDoesNotTrustTheIssuerLeaves() {
        assertThatThrownBy(() -> get(SSLContext.getDefault(), server, "/health/live"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void STO_2_webSocketsGoThroughTls() throws Exception {
        var trust = TestCertificates.trusting(issued.root());
        try (var client = HttpClient.newBuilder().sslContext(trust).build()) {
            var address = URI.create("wss://127.0.0.1:" + server.port() + "/api/echo");
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(address, new WebSocket.Listener() {})
                    .join();
            assertThat(socket.isInputClosed()).isFalse();
            socket.abort();
        } catch (CompletionException e) {
            throw new AssertionError("no WebSocket by TLS", e);
        }
    }

    /** The client's own wishes come last. */
    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384, TLS_AES_256_GCM_SHA384",
        "TLSv1.3, TLS_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256:TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,"
                + " TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    })
    void STO_2_aes256IsTakenWhereTheClientHasIt(String protocol, String offered, String taken) throws Exception {
        try (SSLSocket socket = socket(protocol, offered)) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(taken);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
    })
    void STO_2_whatIsWeakGetsNoHandshake(String protocol, String offered) throws Exception {
        try (SSLSocket socket = socket(protocol, offered)) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    private SSLSocket socket(String protocol, String suites) throws Exception {
        var socket = (SSLSocket)
                TestCertificates.trusting(issued.root()).getSocketFactory().createSocket();
        socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), server.port()), 5_000);
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setCipherSuites(suites.split(":", -1));
        socket.setSSLParameters(parameters);
        return socket;
    }

    @Test
    void aCertificateOfOurOwnPromisesNothingForLater() throws Exception {
        ServerIdentity own = TestCertificates.selfSigned(NOW, new SecureRandom());
        try (HttpServer other = start(own)) {
            var answer = get(TestCertificates.trusting(own.own()), other, "/health/live");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
    }
}
