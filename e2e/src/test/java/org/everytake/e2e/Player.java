package org.everytake.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of another make that watches by WHEP: werift from npm, in a process of its own. */
final class Player {
    private Player() {}

    /** What it received until it had so many frames: {@code video} or {@code audio} and a SHA-256, each. */
    static List<String> watch(URI server, String token, int frames, Path folder) throws IOException {
        Path log = folder.resolve("player.log");
        Process process = new ProcessBuilder(
                        "node", "watch.mjs", server.resolve("/api/v1/whep").toString(), token, Integer.toString(frames))
                .directory(Path.of("whip").toFile())
                .redirectError(log.toFile())
                .start();
        List<String> received = new ArrayList<>();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                received.add(line);
            }
        } finally {
            process.destroy();
        }
        return received;
    }
}
