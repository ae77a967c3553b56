package org.everytake.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A peer of GStreamer's, in Python: {@code webrtcbin.py}. Belongs to one thread. */
final class WebRtcBin implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Debian's, which alone has the bindings. */
    private static final String PYTHON = "/usr/bin/python3";

    private final Process process;
    private final Writer out;
    private final String offer;

    /** @param folder for its script, and for what it complains about */
    WebRtcBin(Path folder) throws IOException {
        Path script = folder.resolve("webrtcbin.py");
        try (InputStream stored = WebRtcBin.class.getResourceAsStream("webrtcbin.py")) {
            Files.copy(Objects.requireNonNull(stored), script);
        }
        Path complaints = folder.resolve("webrtcbin.log");
        process = new ProcessBuilder(PYTHON, script.toString())
                .redirectError(complaints.toFile())
                .start();
        out = process.outputWriter();
        BufferedReader in = process.inputReader();
        String line = in.readLine();
        if (line == null) {
            throw new IOException("GStreamer's peer did not start: " + Files.readString(complaints));
        }
        offer = JSON.readTree(line).path("sdp").asText();
    }

    String offer() {
        return offer;
    }

    void answer(String sdp) throws IOException {
        out.write(JSON.writeValueAsString(Map.of("sdp", sdp)) + "\n");
        out.flush();
    }

    /** It ends when its input does. */
    @Override
    public void close() throws IOException {
        out.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
