package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.everytake.bench.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked, on a machine that has neither a JDK nor Maven nor Node. */
@EnabledIfSystemProperty(named = "everytake.path", matches = ".+")
class InstalledTest {

    @TempDir
    Path folder;

    @Test
    void theUnpackedArchiveServesWithoutAJdkMavenOrNode() throws Exception {
        Path programs = Path.of(System.getProperty("everytake.path"));
        for (String name : List.of("java", "javac", "mvn", "node", "npm")) {
            assertThat(programs.resolve(name)).doesNotExist();
        }
        assertThat(programs.resolve("ffmpeg")).isExecutable();
        Path script = Path.of(System.getProperty("everytake.script"));

        try (Server server = Server.start(Server.Place.in(folder));
                HttpClient client = HttpClient.newHttpClient()) {
            // The script has become Java, and the one that was unpacked.
            Path java = Path.of(server.process().info().command().orElseThrow());
            assertThat(java.toRealPath())
                    .isEqualTo(script.resolveSibling("runtime/bin/java").toRealPath());
            var page = HttpRequest.newBuilder(server.address()).build();
            assertThat(client.send(page, HttpResponse.BodyHandlers.ofString()).body())
                    .startsWith("<!doctype html>");
            assertThat(server.stop()).isZero();
        }
        assertThat(Files.readString(folder.resolve("server.log"))).doesNotContain("\"level\":\"ERROR\"");

        assertThat(said(script, programs, "verify", folder.resolve("data").toString()))
                .isEqualTo("There are no recordings.\n");
        assertThat(said(script, programs, "verify", "--help")).startsWith("Usage: everytake verify ");
    }

    private static String said(Path script, Path programs, String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(script.toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(words));
        builder.environment().put("PATH", programs.toString());
        builder.environment().remove("JAVA_HOME");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }
}
