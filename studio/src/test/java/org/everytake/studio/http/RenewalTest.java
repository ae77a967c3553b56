package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.everytake.studio.http.tls.CertificateFiles;
import org.everytake.studio.http.tls.ServerIdentity;
import org.everytake.studio.http.tls.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is renewed while the server runs, seen by real handshakes. */
class RenewalTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    private final List<ServerIdentity> renewals = new ArrayList<>();
    private Path chain;
    private Path key;
    private TestCertificates.Issued first;
    private HttpServer server;
    private CertificateFiles files;
    private Instant now = NOW;

    @BeforeEach
    void open() throws Exception {
        // As certbot has it: links to files that are called otherwise each time.
        chain = folder.resolve("fullchain.pem");
        key = folder.resolve("privkey.pem");
        first = issue("1", NOW);
        link(chain, first.chain());
        link(key, first.key());
        var identity = ServerIdentity.read(chain, key, NOW);
        server = HttpServer.start(
                new Listening(
                        "127.0.0.1", 0, URI.create("https://localhost"), Optional.of(identity), Set.of(), Set.of()),
                List.of(new Health(List.of())),
                List.of());
        files = new CertificateFiles(chain, key, identity, () -> now, renewed -> {
            renewals.add(renewed);
            server.show(renewed);
        });
        look();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TestCertificates.Issued issue(String name, Instant when) throws Exception {
        return TestCertificates.issued(Files.createDirectory(folder.resolve(name)), when);
    }

    private static void link(Path from, Path to) throws Exception {
        Path beside = from.resolveSibling("new");
        Files.createSymbolicLink(beside, to);
        Files.move(beside, from, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What has changed is taken at the second look. */
    private void look() {
        files.look();
        files.look();
    }

    private SSLSocket connect(X509Certificate trusted) throws Exception {
        var socket = (SSLSocket)
                TestCertificates.trusting(trusted).getSocketFactory().createSocket();
        socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), server.port()), 60_000);
        socket.setSoTimeout(60_000);
        socket.startHandshake();
        return socket;
    }

    /** What is shown to whoever comes now and trusts this issuer. */
    private Certificate shown(TestCertificates.Issued issued) throws Exception {
        try (SSLSocket socket = connect(issued.root())) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static Certificate own(TestCertificates.Issued issued) throws Exception {
        return ServerIdentity.read(issued.chain(), issued.key(), NOW).own();
    }

    private static String ask(SSLSocket socket) throws Exception {
        socket.getOutputStream()
                .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] begin = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        return new String(begin, StandardCharsets.US_ASCII);
    }

    @Test
    void STO_2_aRenewedCertificateIsShownToWhoeverComesNextAndTheOthersStay() throws Exception {
        try (SSLSocket before = connect(first.root())) {
            var second = issue("2", NOW);
            link(chain, second.chain());
            link(key, second.key());
            look();

            assertThat(shown(second)).isEqualTo(own(second)).isNotEqualTo(own(first));
            assertThat(ask(before)).isEqualTo("HTTP/1.1 200");
            look();
            assertThat(renewals).hasSize(1);
        }
    }

    @Test
    void whatDoesNotMatchIsNotShownUntilItDoes() throws Exception {
        var second = issue("2", NOW);
        link(chain, second.chain());
        look();
        assertThat(shown(first)).isEqualTo(own(first));

        link(key, second.key());
        look();
        assertThat(shown(second)).isEqualTo(own(second));
        assertThat(renewals).hasSize(1);
    }

    @Test
    void aPairThatIsBeingWrittenIsNotLookedAtHalfWay() throws Exception {
        var second = issue("2", NOW);
        Files.delete(chain);
        Files.writeString(chain, Files.readString(second.chain()).substring(0, 300));
        files.look();
        Files.copy(second.chain(), chain, StandardCopyOption.REPLACE_EXISTING);
        files.look();
        link(key, second.key());
        files.look();
        assertThat(renewals).isEmpty();
        files.look();
        assertThat(shown(second)).isEqualTo(own(second));
    }

    @Test
    void whatIsGoneOrDamagedOrOldOrNotYetGoodLeavesTheOldOne() throws Exception {
        Files.delete(key);
        look();
        assertThat(shown(first)).isEqualTo(own(first));

        Files.writeString(key, "no key at all");
        look();
        assertThat(shown(first)).isEqualTo(own(first));

        var old = issue("old", NOW.minus(Duration.ofDays(60)));
        link(chain, old.chain());
        link(key, old.key());
        look();
        assertThat(shown(first)).isEqualTo(own(first));

        var early = issue("early", NOW.plus(Duration.ofDays(5)));
        link(chain, early.chain());
        link(key, early.key());
        look();
        assertThat(shown(first)).isEqualTo(own(first));
        assertThat(renewals).isEmpty();
        now = NOW.plus(Duration.ofDays(5));
        look();
        assertThat(renewals).hasSize(1);
    }

    @Test
    void theSameFilesWrittenAnewAreNoRenewal() throws Exception {
        Files.writeString(chain, Files.readString(first.chain()) + "\n");
        look();

        assertThat(renewals).isEmpty();
    }
}
