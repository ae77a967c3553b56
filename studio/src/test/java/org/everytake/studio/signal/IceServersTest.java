package org.everytake.studio.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.everytake.studio.signal.ServerMessage.IceServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class IceServersTest {
    private static final String SECRET = "north";

    @TempDir
    Path folder;

    /** By openssl dgst -sha1 -hmac north -binary | base64. */
    @ParameterizedTest
    @CsvSource({
        "1433895918:person, cdMHRU7qApGTHU6CTHxFEGO0LkA=",
        "1700000000:0190f1c2-0000-7000-8000-000000000001, wRDV0hKxplWc9r8JnyKz0CejkbQ="
    })
    void CAP_1_thePasswordIsTheHashOfTheUserName(String username, String credential) {
        assertThat(IceServers.credential(SECRET, username)).isEqualTo(credential);
    }

    @Test
    void CAP_1_eachWhoJoinsIsToldOfTheServersWithCredentialsForTwelveHours() {
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
        var stun = List.of("stun:stun.example.org");
        var turn = List.of("turn:turn.example.org?transport=udp", "turns:turn.example.org:443?transport=tcp");
        String username = "1700043200:anna";
        var turnServer = new IceServer(turn, username, IceServers.credential(SECRET, username));
        assertThat(new IceServers(stun, turn, Optional.of(SECRET), clock).of("anna"))
                .containsExactly(new IceServer(stun, null, null), turnServer);
        assertThat(new IceServers(List.of(), turn, Optional.of(SECRET), clock).of("anna"))
                .containsExactly(turnServer);
        assertThat(turnServer.toString()).doesNotContain(String.valueOf(turnServer.credential()));
        assertThat(IceServers.NONE.of("anna")).isEmpty();
    }

    @Test
    void CAP_1_aRealTurnServerTakesTheCredentialsAndNoOthers() throws Exception {
        int port = freePort();
        Process server = run(
                "turnserver",
                "-n",
                "--listening-ip=127.0.0.1",
                "--relay-ip=127.0.0.1",
                "--listening-port=" + port,
                "--use-auth-secret",
                "--static-auth-secret=" + SECRET,
                "--realm=everytake",
                "--allow-loopback-peers",
                "--no-tls",
                "--no-dtls",
                "--no-cli",
                "--log-file=stdout",
                "--pidfile=" + folder.resolve("pid"),
                "--userdb=" + folder.resolve("users"));
        try {
            String url = "turn:127.0.0.1:" + port;
            IceServer told = new IceServers(List.of(), List.of(url), Optional.of(SECRET), InstantSource.system())
                    .of("anna")
                    .getFirst();
            String username = String.valueOf(told.username());
            String credential = String.valueOf(told.credential());
            while (relays(port, username, credential) != 0) {
                assertThat(server.isAlive()).as("the TURN server").isTrue();
            }
            assertThat(relays(port, username, credential.replace(credential.charAt(0), '-')))
                    .isNotZero();
            assertThat(relays(port, "1700000000:anna", IceServers.credential(SECRET, "1700000000:anna")))
                    .as("those have ended")
                    .isNotZero();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    /** The status with which coturn's own client ends, which sends a packet from one allocation to another. */
    private int relays(int port, String username, String credential) throws Exception {
        Process client = run(
                "turnutils_uclient",
                "-y",
                "-n",
                "1",
                "-m",
                "1",
                "-u",
                username,
                "-w",
                credential,
                "-p",
                "" + port,
                "127.0.0.1");
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return client.exitValue();
    }

    private Process run(String... command) throws Exception {
        return new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(command[0] + ".log").toFile()))
                .start();
    }

    /** For both, as the server listens by UDP and TCP. */
    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
