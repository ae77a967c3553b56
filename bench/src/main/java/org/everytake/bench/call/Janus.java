package org.everytake.bench.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.everytake.bench.server.Await;
import org.jspecify.annotations.Nullable;

/** Janus with its videoroom and nothing else, in a namespace. */
final class Janus implements AutoCloseable {
    static final int PORT = 8188;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long END_SECONDS = 10;
    private static final String CONFIGURATION = """
            general: {
              configs_folder = "%1$s"
              plugins_folder = "%2$s/plugins"
              transports_folder = "%2$s/transports"
              events_folder = "%2$s/events"
              loggers_folder = "%2$s/loggers"
              debug_level = 4
              session_timeout = 120
            }
            nat: { ice_enforce_list = "%3$s"; ice_lite = false; full_trickle = false }
            media: { rtp_port_range = "20000-40000" }
            plugins: { disable = "%4$s" }
            transports: { disable = "%5$s" }
            """;
    private static final String WEBSOCKETS = """
            general: { json = "compact"; ws = true; ws_port = %d; ws_ip = "%s"; wss = false }
            admin: { admin_ws = false }
            """;

    private final Process process;
    private final Path recordings;

    private Janus(Process process, Path recordings) {
        this.process = process;
        this.recordings = recordings;
    }

    /** Where Debian puts its parts; null if it is not installed. */
    static @Nullable Path installed() throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/janus"))) {
            return null;
        }
        try (Stream<Path> architectures = Files.list(Path.of("/usr/lib"))) {
            return architectures
                    .map(folder -> folder.resolve("janus"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Starts it, and returns once it takes connections. */
    static Janus start(Path parts, Place place, List<String> launcher, Path folder)
            throws IOException, InterruptedException, TimeoutException {
        Path recordings = Files.createDirectories(folder.resolve("recordings"));
        Path configuration = Files.createDirectories(folder.resolve("configuration"));
        Files.writeString(
                configuration.resolve("janus.jcfg"),
                CONFIGURATION.formatted(
                        configuration,
                        parts,
                        place.server(),
                        others(parts.resolve("plugins"), "libjanus_videoroom.so"),
                        others(parts.resolve("transports"), "libjanus_websockets.so")));
        Files.writeString(configuration.resolve("janus.plugin.videoroom.jcfg"), "general: { }\n");
        Files.writeString(
                configuration.resolve("janus.transport.websockets.jcfg"), WEBSOCKETS.formatted(PORT, place.server()));
        Path log = folder.resolve("janus.log");
        List<String> command = new ArrayList<>(place.launcher());
        command.addAll(launcher);
        command.addAll(List.of(
                "janus",
                "-F",
                configuration.toString(),
                "-C",
                configuration.resolve("janus.jcfg").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        Janus janus = new Janus(process, recordings);
        try {
            Await.until("Janus takes connections", PATIENCE, () -> {
                if (!process.isAlive()) {
                    throw new IOException("Janus has ended; it said: " + Files.readString(log));
                }
                return Files.readString(log).contains("WebSockets thread started");
            });
        } catch (IOException | InterruptedException | TimeoutException failed) {
            janus.close();
            throw failed;
        }
        return janus;
    }

    /** Of these shared objects all but one. */
    private static String others(Path folder, String kept) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return String.join(
                    ",",
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".so") && !name.equals(kept))
                            .sorted()
                            .toList());
        }
    }

    long pid() {
        return process.pid();
    }

    Path recordings() {
        return recordings;
    }

    /** Of what it has recorded. */
    double recordedMegabytes() throws IOException {
        try (Stream<Path> files = Files.list(recordings)) {
            return files.mapToLong(file -> {
                                try {
                                    return Files.size(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            })
                            .sum()
                    / 1e6;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
