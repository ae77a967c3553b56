package org.everytake.bench.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.everytake.bench.room.CardClips;

/** The {@link LoadGenerator} as a child of ours. Used by one thread. */
final class Generator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long END_SECONDS = 20;

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private Generator(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts it for one target.
     *
     * @param launcher what starts it, before the command
     */
    static Generator start(List<String> launcher, ObjectNode target, String local, LoadClip.Codec codec, int roomSize)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // A collector that does not pause: whoever pauses sends late.
                "-XX:+UseZGC",
                "-Xmx4g",
                "-cp",
                System.getProperty("java.class.path"),
                LoadGenerator.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        Generator generator = new Generator(process);
        try {
            generator.ask(target.put("do", "open")
                    .put("local", local)
                    .put("clips", CardClips.cache().toString())
                    .put("codec", codec.name())
                    .put("roomSize", roomSize));
        } catch (IOException failed) {
            generator.close();
            throw failed;
        }
        return generator;
    }

    static ObjectNode everytake(String address, String key) {
        return JSON.createObjectNode()
                .put("target", "everytake")
                .put("address", address)
                .put("key", key);
    }

    static ObjectNode janus(String address, Path recordings) {
        return JSON.createObjectNode()
                .put("target", "janus")
                .put("address", address)
                .put("recordings", recordings.toString());
    }

    Tally publishers(int count) throws IOException {
        return ask(order("publishers").put("count", count));
    }

    Tally viewers(int perRoom) throws IOException {
        return ask(order("viewers").put("count", perRoom));
    }

    Tally silence() throws IOException {
        return ask(order("silence"));
    }

    Tally tally() throws IOException {
        return ask(order("tally"));
    }

    private static ObjectNode order(String what) {
        return JSON.createObjectNode().put("do", what);
    }

    private Tally ask(ObjectNode order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("The load generator has ended.");
        }
        JsonNode answer = JSON.readTree(line);
        if (answer.has("failed")) {
            throw new IOException(answer.path("failed").asText());
        }
        return JSON.treeToValue(answer, Tally.class);
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
