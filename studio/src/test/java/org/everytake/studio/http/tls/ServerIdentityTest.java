package org.everytake.studio.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.everytake.studio.config.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerIdentityTest {
    private static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private void refused(Path chain, Path key, Instant now, String sentence) {
        assertThatThrownBy(() -> ServerIdentity.read(chain, key, now))
                .isInstanceOf(CannotStart.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource({"EC, 256, true", "EC, 384, false", "RSA, 2048, true", "RSA, 2048, false"})
    void keysOfEachKindAndFormAreRead(String algorithm, int bits, boolean pkcs8) throws Exception {
        KeyPair pair = TestCertificates.pair(algorithm, bits);
        var certificate = TestCertificates.certificate("CN=A", pair, "CN=A", pair, NOW, false);
        Object key = pkcs8 ? TestCertificates.pkcs8(pair) : TestCertificates.traditional(pair);
        Path file = TestCertificates.pem(folder.resolve("both.pem"), key, certificate);
        assertThat(Files.readString(file))
                .contains(pkcs8 ? "BEGIN PRIVATE KEY" : "BEGIN " + algorithm + " PRIVATE KEY");
        ServerIdentity read = ServerIdentity.read(file, file, NOW);
        assertThat(read.chain()).containsExactly(certificate);
        assertThat(read.belongsTogether()).isTrue();
        assertThat(read.selfSigned()).isTrue();
        assertThat(read.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @Test
    void aCertificateOfAnotherKeyIsOneSentence() throws Exception {
        var issued = TestCertificates.issued(folder, NOW);
        for (String algorithm : List.of("EC", "RSA")) {
            KeyPair other = TestCertificates.pair(algorithm, algorithm.equals("EC") ? 256 : 2048);
            Path key = TestCertificates.pem(folder.resolve("other.pem"), TestCertificates.traditional(other));
            refused(
                    issued.chain(),
                    key,
                    NOW,
                    "The certificate in " + issued.chain() + " does not belong to the key in " + key
                            + "; give the two that were made for each other, the server's own certificate first.");
        }
    }

    @Test
    void aCertificateOutOfItsTimeIsOneSentence() throws Exception {
        var issued = TestCertificates.issued(folder, NOW);
        refused(
                issued.chain(),
                issued.key(),
                NOW.plus(Duration.ofDays(11)),
                "The certificate in " + issued.chain() + " ended at 2030-06-11T12:00:00Z; renew it.");
        refused(
                issued.chain(),
                issued.key(),
                NOW.minus(Duration.ofDays(2)),
                "The certificate in " + issued.chain()
                        + " begins only at 2030-05-31T12:00:00Z; is the clock of this machine right?");
    }

    @Test
    void whatCannotBeReadIsOneSentence() throws Exception {
        var issued = TestCertificates.issued(folder, NOW);
        Path none = folder.resolve("none.pem");
        refused(none, issued.key(), NOW, "There is no file " + none + ", which the settings name for TLS.");
        refused(issued.chain(), folder, NOW, "The file " + folder + " for TLS cannot be read: Is a directory.");
        Path words = Files.writeString(folder.resolve("words.pem"), "dear");
        refused(words, issued.key(), NOW, "The file " + words + " holds no certificate in PEM form.");
        refused(issued.chain(), words, NOW, "The file " + words + " holds no private key in PEM form.");
        Path torn = Files.writeString(
                folder.resolve("torn.pem"),
                Files.readString(issued.chain()).substring(0, 200) + "\n-----END CERTIFICATE-----\n");
        refused(torn, issued.key(), NOW, "The file " + torn + " for TLS is damaged: it is no PEM that can be read.");
        var password = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setPassword("hush".toCharArray())
                .build();
        KeyPair pair = TestCertificates.pair("EC", 256);
        Path locked =
                TestCertificates.pem(folder.resolve("locked.pem"), new JcaPKCS8Generator(pair.getPrivate(), password));
        refused(
                issued.chain(),
                locked,
                NOW,
                "The key in " + locked + " is locked with a password; give it without one.");
    }

    @Test
    void STO_2_oneOfOurOwnIsKeptForOurEyesOnlyAndRenewedNearItsEnd() throws Exception {
        Path file = folder.resolve("self-signed.pem");
        var random = new SecureRandom();
        ServerIdentity first = SelfSigned.keptIn(file, List.of("studio.example.org", "192.0.2.7"), random, NOW);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(first.own().getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))))
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "studio.example.org", "192.0.2.7");
        assertThat(first.own().getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(365)));

        ServerIdentity again = SelfSigned.keptIn(file, List.of(), random, NOW.plus(Duration.ofDays(334)));
        assertThat(again.fingerprint()).isEqualTo(first.fingerprint());

        ServerIdentity renewed = SelfSigned.keptIn(file, List.of(), random, NOW.plus(Duration.ofDays(336)));
        assertThat(renewed.fingerprint()).isNotEqualTo(first.fingerprint());

        Files.writeString(file, "torn");
        ServerIdentity mended = SelfSigned.keptIn(file, List.of(), random, NOW);
        assertThat(ServerIdentity.read(file, file, NOW).fingerprint()).isEqualTo(mended.fingerprint());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }
}
