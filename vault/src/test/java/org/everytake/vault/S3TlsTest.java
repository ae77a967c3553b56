package org.everytake.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.everytake.vault.StoreFault.Reason;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With whom TLS is spoken. */
class S3TlsTest {
    private static final String PASSWORD = "password";

    private static SSLContext server;

    /** A certificate that nobody has vouched for. */
    @BeforeAll
    static void certificate(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        server = SSLContext.getInstance("TLS");
        server.init(managers.getKeyManagers(), null, null);
    }

    @Test
    void STO_2_aCertificateThatNobodyVouchesForIsNotTrusted() throws Exception {
        assertRefused(Reason.CERTIFICATE_NOT_TRUSTED, "does not trust", "TLS_AES_256_GCM_SHA384");
    }

    @Test
    void STO_2_nothingLessThanAes256IsSpoken() throws Exception {
        assertRefused(
                Reason.UNREACHABLE,
                "AES-256 in GCM",
                "TLS_AES_128_GCM_SHA256",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384");
    }

    private static void assertRefused(Reason reason, String words, String... suites)
            throws IOException, GeneralSecurityException {
        try (SSLServerSocket listener = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            listener.setEnabledCipherSuites(suites);
            Thread.ofVirtual().start(() -> shakeHands(listener));
            S3Options options = new S3Options(
                    URI.create("https://localhost:" + listener.getLocalPort()),
                    "us-east-1",
                    "bucket",
                    "",
                    true,
                    "key",
                    "secret",
                    null,
                    S3Encryption.NONE);
            try (S3Store store = S3Store.open(options, InstantSource.system())) {
                S3StoreContract.assertFault(reason, () -> store.list(""), words);
            }
        }
    }

    private static void shakeHands(SSLServerSocket listener) {
        while (!listener.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.startHandshake();
            } catch (IOException e) {
                continue; // as is to be
            }
        }
    }
}
