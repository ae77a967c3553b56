package org.everytake.studio.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.everytake.studio.http.tls.ServerIdentity;
import org.everytake.studio.http.tls.TestCertificates;
import org.everytake.vault.KeyKind;
import org.everytake.vault.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program from outside: what it says, how it ends, what is there after it was killed. */
class ServeTest {
    @TempDir
    Path folder;

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return get(client, address);
        }
    }

    private static HttpResponse<String> get(HttpClient client, URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private static String post(HttpClient client, URI address, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    /** Signs in as the admin that the link of this start makes. */
    private static void becomeAdmin(HttpClient browser, Program program) throws IOException, InterruptedException {
        URI link = program.adminLink();
        assertThat(link.getPath()).isEqualTo("/welcome");
        assertThat(post(
                        browser,
                        link.resolve("/api/v1/links/use"),
                        "{\"token\":\"" + link.getFragment() + "\",\"name\":\"Anna\","
                                + "\"email\":\"anna@example.org\",\"password\":\"a password of mine\"}"))
                .contains("\"operator\":true");
    }

    private void refused(String sentence, String... arguments) throws Exception {
        try (var program = Program.start(folder, Map.of(), arguments)) {
            assertThat(program.status()).isEqualTo(2);
            assertThat(program.err().strip()).isEqualTo(sentence);
            assertThat(program.out()).isEmpty();
        }
    }

    @Test
    void servesEndsCleanlyAndKeepsWhatItWasTold() throws Exception {
        String port = String.valueOf(Program.freeTcp());
        String[] flags = {"serve", "--port", port, "--udp-port", "0", "--data", "here/data"};
        HttpClient browser = browser();
        try (var program = Program.start(folder, Map.of(), flags)) {
            URI link = program.link();
            assertThat(link).isEqualTo(URI.create("http://127.0.0.1:" + port + "/"));
            assertThat(get(link.resolve("/health/ready")).statusCode()).isEqualTo(200);
            assertThat(get(link).body()).startsWith("<!doctype html>");
            becomeAdmin(browser, program);
            assertThat(post(browser, link.resolve("/api/v1/sessions"), "{\"title\":\"Kept\"}"))
                    .contains("\"title\":\"Kept\"");
            hostIsFoundByTheNameTheyHaveNow(browser, link.resolve("/api/v1/"));
            assertThat(program.end()).isZero();
            assertThat(program.err()).contains("\"message\":\"Everytake ends\"").doesNotContain("\"level\":\"ERROR\"");
        }
        try (var program = Program.start(folder, Map.of("EVERYTAKE_LOG_FORMAT", "plain"), flags)) {
            assertThat(get(browser, program.link().resolve("/api/v1/sessions")).body())
                    .contains("\"title\":\"Kept\"");
            assertThat(program.out()).hasLineCount(1);
            assertThat(program.err()).doesNotContain("{\"@timestamp\"");
            program.kill();
        }
        try (var program = Program.start(folder, Map.of(), flags)) {
            assertThat(get(browser, program.link().resolve("/api/v1/sessions")).body())
                    .contains("\"title\":\"Kept\"");
            refused(
                    "Another Everytake is running on the data folder "
                            + folder.toRealPath().resolve("here/data")
                            + "; stop it, or choose another folder with --data.",
                    "serve",
                    "--port",
                    "0",
                    "--udp-port",
                    "0",
                    "--data",
                    "here/data");
            assertThat(program.end()).isZero();
        }
    }

    private static void hostIsFoundByTheNameTheyHaveNow(HttpClient browser, URI api) throws Exception {
        URI found = api.resolve("sessions?q=zebedee");
        assertThat(get(browser, api.resolve("sessions?q=anna")).body()).contains("\"title\":\"Kept\"");
        assertThat(get(browser, found).body()).doesNotContain("\"title\":\"Kept\"");
        var rename = HttpRequest.newBuilder(api.resolve("me"))
                .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString("{\"name\":\"Zebedee\",\"email\":\"quinn@example.org\","
                                + "\"password\":\"a password of mine\"}"));
        assertThat(browser.send(rename.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        assertThat(get(browser, found).body()).contains("\"title\":\"Kept\"");
        assertThat(get(browser, api.resolve("sessions?q=quinn")).body()).contains("\"title\":\"Kept\"");
        assertThat(get(browser, api.resolve("sessions?q=anna")).body()).doesNotContain("\"title\":\"Kept\"");
    }

    @Test
    void aPortInUseIsOneSentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            refused(
                    "TCP port " + taken.getLocalPort()
                            + " of 127.0.0.1 is in use by another program; choose another one with --port.",
                    "serve",
                    "--port",
                    String.valueOf(taken.getLocalPort()),
                    "--udp-port",
                    "0");
        }
        try (var taken = Program.takenUdp()) {
            refused(
                    "UDP port " + taken.getLocalPort()
                            + " of 127.0.0.1 is in use by another program; choose another one with --udp-port.",
                    "serve",
                    "--port",
                    "0",
                    "--udp-port",
                    String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneSentence() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        refused(
                "The data folder " + folder.toRealPath().resolve("file")
                        + " cannot be written: it is not a folder; mend that, or choose another folder with --data.",
                "serve",
                "--port",
                "0",
                "--udp-port",
                "0",
                "--data",
                "file");
    }

    @Test
    void aFolderOfANewerVersionIsOneSentence() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("data")).resolve("version"), "2\n");
        refused(
                "The data folder " + folder.toRealPath().resolve("data")
                        + " belongs to a newer version of Everytake (layout 2, this program knows 1); run that version,"
                        + " or choose another folder with --data.",
                "serve",
                "--port",
                "0",
                "--udp-port",
                "0");
    }

    @Test
    void aMistakeInAFlagIsOneSentence() throws Exception {
        refused("Unknown option: '--prot'. See everytake serve --help.", "serve", "--prot");
        refused("The setting port (--port) is \"x\", but must be a number from 0 to 65535.", "serve", "--port", "x");
    }

    @Test
    void STO_2_onAnyOtherAddressItShowsACertificateOfItsOwnMaking() throws Exception {
        String port = String.valueOf(Program.freeTcp());
        String[] flags = {"serve", "--host", "0.0.0.0", "--port", port, "--udp-port", "0"};
        try (var program = Program.start(folder, Map.of("EVERYTAKE_LOG_FORMAT", "plain"), flags)) {
            URI link = program.link();
            assertThat(link).isEqualTo(URI.create("https://localhost:" + port + "/"));
            Path kept = folder.resolve("data/self-signed.pem");
            ServerIdentity identity = ServerIdentity.read(kept, kept, Instant.now());
            assertThat(program.err()).contains("SHA-256 fingerprint " + identity.fingerprint());
            var trust = TestCertificates.trusting(identity.own());
            try (var client = HttpClient.newBuilder().sslContext(trust).build()) {
                for (String host : new String[] {"localhost", "127.0.0.1"}) {
                    var page = HttpRequest.newBuilder(URI.create("https://" + host + ":" + port + "/"));
                    assertThat(client.send(page.build(), BodyHandlers.ofString())
                                    .body())
                            .startsWith("<!doctype html>");
                }
            }
            assertThat(program.end()).isZero();
        }
    }

    @Test
    void aCertificateThatCannotBeShownIsOneSentence() throws Exception {
        Path here = folder.toRealPath();
        var mine = TestCertificates.issued(here, Instant.now());
        var other = TestCertificates.issued(Files.createDirectory(here.resolve("other")), Instant.now());
        refused(
                "The certificate in " + mine.chain() + " does not belong to the key in " + other.key()
                        + "; give the two that were made for each other, the server's own certificate first.",
                withCertificate(mine.chain(), other.key()));
        var old = TestCertificates.issued(
                Files.createDirectory(here.resolve("old")), Instant.parse("2020-01-01T00:00:00Z"));
        refused(
                "The certificate in " + old.chain() + " ended at 2020-01-11T00:00:00Z; renew it.",
                withCertificate(old.chain(), old.key()));
        refused(
                "There is no file " + here.resolve("none.pem") + ", which the settings name for TLS.",
                withCertificate(mine.chain(), here.resolve("none.pem")));
    }

    private static String[] withCertificate(Path chain, Path key) {
        return new String[] {
            "serve",
            "--port",
            "0",
            "--udp-port",
            "0",
            "--tls-certificate",
            chain.toString(),
            "--tls-key",
            key.toString()
        };
    }

    @Test
    void aProviderThatIsAwayIsWarnedOfAndAnOrganisationThatIsNotThereIsOneSentence() throws Exception {
        String nobody = "http://127.0.0.1:" + Program.freeTcp();
        String[] flags = {
            "serve", "--port", "0", "--udp-port", "0", "--oidc-issuer", nobody, "--oidc-client-id", "everytake"
        };
        try (var program = Program.start(folder, Map.of(), flags)) {
            String offer = get(program.link().resolve("/api/v1/sign-in")).body();
            assertThat(offer).contains("\"label\":\"127.0.0.1\"");
            program.awaitSaid("Nobody can sign in with 127.0.0.1 now, which oidc-issuer names: " + nobody);
            assertThat(program.end()).isZero();
        }
        String none = "00000000-0000-7000-8000-00000000abcd";
        try (var program = Program.start(folder, Map.of("EVERYTAKE_OIDC_ORGANISATION", none), flags)) {
            assertThat(program.status()).isEqualTo(2);
            assertThat(program.err())
                    .contains("\nThere is no organisation " + none + ", which the setting oidc-organisation names;");
            assertThat(program.out()).isEmpty();
        }
    }

    @Test
    void STO_2_theMasterKeyIsRotatedAndMayComeFromACommand() throws Exception {
        String[] serve = {"serve", "--port", "0", "--udp-port", "0", "--data", "data"};
        String[] rotate = {"rotate-master-key", "--data", "data"};
        refused("The folder " + folder.toRealPath().resolve("data") + " is no data folder of Everytake.", rotate);
        try (var program = Program.start(folder, Map.of(), serve)) {
            assertThat(program.link()).isNotNull();
            refused(
                    "Another Everytake is running on the data folder "
                            + folder.toRealPath().resolve("data") + "; stop it, or choose another folder with --data.",
                    rotate);
            assertThat(program.end()).isZero();
        }
        Path file = folder.resolve("data/master.key");
        byte[] secret = keys(file).obtain("r-1", KeyKind.TAPE).secret();
        String former = Files.readString(file);
        try (var program = Program.start(folder, Map.of(), rotate)) {
            assertThat(program.status()).isZero();
            // This one, and that of the rooms' passes.
            assertThat(program.out()).startsWith("2 keys are wrapped by the new master key now.");
        }
        assertThat(Files.readString(file)).isNotEqualTo(former);
        assertThat(keys(file).obtain("r-1", KeyKind.TAPE).secret()).isEqualTo(secret);

        Path elsewhere = Files.move(file, folder.resolve("elsewhere"));
        try (var program = Program.start(folder, Map.of(), serve)) {
            assertThat(program.status()).isEqualTo(2);
            assertThat(program.err())
                    .contains("master.key is missing, but keys wrapped by it exist")
                    .contains("Put it back from its backup; without it no recording can be opened.");
        }
        Map<String, String> command = Map.of("EVERYTAKE_MASTER_KEY_COMMAND", "cat " + elsewhere);
        try (var program = Program.start(folder, command, serve)) {
            assertThat(program.link()).isNotNull();
            assertThat(program.err() + program.out())
                    .doesNotContain(Files.readString(elsewhere).strip());
            assertThat(program.end()).isZero();
        }
        try (var program = Program.start(folder, Map.of("EVERYTAKE_MASTER_KEY", former.strip()), serve)) {
            assertThat(program.status()).isEqualTo(2);
            assertThat(program.err()).contains("was wrapped by master key", "from the setting master-key");
        }
        try (var program = Program.start(folder, Map.of("EVERYTAKE_MASTER_KEY_COMMAND", "exit 3"), serve)) {
            assertThat(program.status()).isEqualTo(2);
            assertThat(program.err()).contains("The command of the setting master-key-command ended with 3");
        }
    }

    private Keys keys(Path masterKey) throws Exception {
        return Keys.open(folder.resolve("data/keys"), masterKey, new SecureRandom());
    }

    @Test
    void helpNamesEveryFlag() throws Exception {
        try (var program = Program.start(folder, Map.of(), "serve", "--help")) {
            assertThat(program.status()).isZero();
            assertThat(program.out())
                    .contains("--udp-port=PORT", "--data=FOLDER")
                    .doesNotContain("--database-password");
        }
    }
}
