package org.everytake.bench.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Credentials;
import org.everytake.peer.net.SharedSockets;

/**
 * The process that makes the load: publishers that replay a clip with real ICE, DTLS and SRTP over real sockets, and
 * viewers that count what they get. It does what it is told on its standard input, a JSON object a line, and answers each
 * with one on its standard output; it ends when the input does.
 *
 * <pre>
 *  {"do": "open", "target": "everytake" | "janus", "address": URI, "key": API key | "recordings": folder,
 *   "local": IP, "clips": folder, "codec": "VP8" | "H264", "roomSize": n}
 *  {"do": "publishers", "count": n}     have so many who send
 *  {"do": "viewers", "count": n}        have so many in each room
 *  {"do": "silence"}                    send nothing more
 *  {"do": "tally"}
 * </pre>
 *
 * Each answer is a {@link Tally}, or {@code {"failed": sentence}}.
 */
public final class LoadGenerator {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Held, because the JDK forgets loggers that nobody holds, and their levels with them. */
    private static final Logger SRTP = Logger.getLogger("org.jitsi");

    private LoadGenerator() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        // Answers alone go there; what is logged goes where errors go.
        PrintStream answers = System.out;
        System.setOut(System.err);
        SRTP.setLevel(Level.WARNING);
        if (org.slf4j.LoggerFactory.getLogger("ROOT") instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(ch.qos.logback.classic.Level.WARN);
        }
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String first = in.readLine();
        if (first == null) {
            return;
        }
        JsonNode open = JSON.readTree(first);
        InetAddress local = InetAddress.getByName(open.path("local").asText());
        LoadClip.Codec codec = LoadClip.Codec.valueOf(open.path("codec").asText());
        // The server needs the rest of the machine.
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        try (SharedSockets network = new SharedSockets(local, threads, InstantSource.system());
                Crowd crowd = new Crowd(
                        target(open, network),
                        network,
                        LoadClip.get(Path.of(open.path("clips").asText()), codec),
                        open.path("roomSize").asInt())) {
            answer(answers, crowd.tally());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                try {
                    follow(JSON.readTree(line), crowd);
                    answer(answers, crowd.tally());
                } catch (IOException failed) {
                    answer(answers, Map.of("failed", String.valueOf(failed.getMessage())));
                }
            }
        }
    }

    private static Target target(JsonNode open, SharedSockets network) throws IOException, InterruptedException {
        URI address = URI.create(open.path("address").asText());
        return switch (open.path("target").asText()) {
            case "everytake" ->
                new EverytakeTarget(
                        Api.of(address, new Credentials(open.path("key").asText(), "")), network);
            case "janus" ->
                new JanusTarget(
                        address,
                        open.path("recordings").asText(),
                        open.path("codec").asText(),
                        network);
            default -> throw new IOException("There is no target " + open.path("target"));
        };
    }

    private static void follow(JsonNode order, Crowd crowd) throws IOException, InterruptedException {
        int count = order.path("count").asInt();
        switch (order.path("do").asText()) {
            case "publishers" -> crowd.publishers(count);
            case "viewers" -> crowd.viewers(count);
            case "silence" -> crowd.fallSilent();
            case "tally" -> {
                // Is what every answer is.
            }
            default -> throw new IOException("There is no order " + order);
        }
    }

    private static void answer(PrintStream answers, Object value) throws IOException {
        answers.println(JSON.writeValueAsString(value));
        answers.flush();
    }
}
