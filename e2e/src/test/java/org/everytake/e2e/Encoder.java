package org.everytake.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.everytake.peer.clip.Clip;

/** A program of another make that sends a clip by WHIP: werift from npm, in a process of its own. */
final class Encoder implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;
    private final Path log;

    private Encoder(Process process, Path log) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    /** Returns once it is connected and sends. */
    static Encoder start(URI server, String token, Clip clip, Path folder) throws IOException {
        Path file = folder.resolve("clip.json");
        Path log = folder.resolve("encoder.log");
        new ObjectMapper().writeValue(file.toFile(), json(clip));
        var encoder = new Encoder(
                new ProcessBuilder(
                                "node",
                                "publish.mjs",
                                server.resolve("/api/v1/whip").toString(),
                                token,
                                file.toAbsolutePath().toString())
                        .directory(Path.of("whip").toFile())
                        .redirectError(log.toFile())
                        .start(),
                log);
        encoder.says("connected");
        return encoder;
    }

    private static ObjectNode json(Clip clip) {
        ObjectNode json = new ObjectMapper().createObjectNode().put("seconds", clip.durationNanos() / 1e9);
        units(json.putArray("video"), clip.video());
        units(json.putArray("audio"), clip.audio());
        return json;
    }

    private static void units(ArrayNode array, List<Clip.Unit> units) {
        units.forEach(unit -> array.addArray().add(unit.ticks()).add(unit.bytes()));
    }

    /** Returns once ICE was restarted. */
    void restart() throws IOException {
        process.outputWriter().append("restart\n").flush();
        says("restarted");
    }

    private void says(String word) throws IOException {
        String line = said.readLine();
        if (!word.equals(line)) {
            throw new IOException("The encoder said " + line + " in place of " + word + "; why is in " + log);
        }
    }

    /** It says goodbye with a DELETE. */
    int end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        said.close();
        process.destroy();
    }
}
