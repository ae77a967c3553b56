package org.everytake.bench.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The built product, running as a child process on a data folder and ports of its own. What it says goes to a log file
 * beside the data. May be used by any thread.
 */
public final class Server implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    /** One that has rehearsed makes Java's cache before it ends, which takes a busy machine a minute. */
    private static final Duration STOP_LIMIT = Duration.ofMinutes(4);

    private static final String MAIN_CLASS = "org.everytake.studio.main.Main";

    /**
     * Where and how a server runs; the same place can be started again.
     *
     * @param host the address on which it listens
     * @param launcher what starts it, with its arguments before the server's: in a namespace, on one processor
     */
    public record Place(
            Path data,
            Path log,
            String host,
            int port,
            int udpPort,
            Map<String, String> environment,
            List<String> launcher) {
        private static final int MOST_LOOPS = 8;

        public Place {
            environment = Map.copyOf(environment);
            launcher = List.copyOf(launcher);
        }

        /** A place on free ports of the loopback interface. */
        public static Place in(Path folder) throws IOException {
            Files.createDirectories(folder);
            return new Place(
                    folder.resolve("data"),
                    folder.resolve("server.log"),
                    "127.0.0.1",
                    freeTcp(),
                    freeUdp(),
                    Map.of(),
                    List.of());
        }

        public Place withEnvironment(Map<String, String> variables) {
            return new Place(data, log, host, port, udpPort, variables, launcher);
        }

        /** With recordings that a kill cuts off ending there, instead of waiting for people to come back. */
        public Place withoutGoingOn() {
            return withEnvironment(Map.of("EVERYTAKE_CONTINUE_WITHIN", "0"));
        }

        public Place startedBy(List<String> command) {
            return new Place(data, log, host, port, udpPort, environment, command);
        }

        /** With its data elsewhere than beside its log. */
        public Place withData(Path folder) {
            return new Place(folder, log, host, port, udpPort, environment, launcher);
        }

        public Place at(String address) {
            return new Place(data, log, address, port, udpPort, environment, launcher);
        }

        /** Where it is reached; one that listens everywhere, by the loopback interface. */
        public URI address() {
            return URI.create("http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port);
        }

        private static int freeTcp() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        /** The first of as many in a row as a server may need, each of UDP and of TCP. */
        private static int freeUdp() throws IOException {
            while (true) {
                int first;
                try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                    first = socket.getLocalPort();
                }
                if (IntStream.range(first, first + MOST_LOOPS).allMatch(Place::isFree)) {
                    return first;
                }
            }
        }

        private static boolean isFree(int port) {
            try (DatagramSocket udp = new DatagramSocket(port, InetAddress.getLoopbackAddress());
                    ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return udp.isBound() && tcp.isBound();
            } catch (IOException | IllegalArgumentException e) {
                return false;
            }
        }
    }

    private final Place place;
    private final Process process;
    private final Duration startTook;

    private Server(Place place, Process process, Duration startTook) {
        this.place = place;
        this.process = process;
        this.startTook = startTook;
    }

    /** Starts the product and returns once it answers that it is ready. */
    public static Server start(Place place) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(place.launcher());
        command.addAll(program());
        command.addAll(List.of(
                "serve",
                "--host",
                place.host(),
                "--port",
                Integer.toString(place.port()),
                "--udp-port",
                Integer.toString(place.udpPort()),
                "--data",
                place.data().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()));
        String path = System.getProperty("everytake.path");
        if (path != null) {
            builder.environment().put("PATH", path);
            builder.environment().remove("JAVA_HOME");
        }
        builder.environment().putAll(place.environment());
        long from = System.nanoTime();
        Process process = builder.start();
        // A child must not outlive a parent that was told to end.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!ready(client, place.address())) {
                if (!process.isAlive()) {
                    throw new IOException("The server ended with " + process.exitValue() + ":\n" + tail(place.log()));
                }
                if (System.nanoTime() - from > START_LIMIT.toNanos()) {
                    process.destroyForcibly();
                    throw new IOException("The server did not get ready:\n" + tail(place.log()));
                }
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
        return new Server(place, process, Duration.ofNanos(System.nanoTime() - from));
    }

    /**
     * Runs another command of the product on a place's data, beside its server or without it.
     *
     * @return what it said
     * @throws IOException if it failed; it says why
     */
    public static String run(Place place, String command, Path file) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(program());
        words.addAll(List.of(command, file.toString(), "--data", place.data().toString()));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        String path = System.getProperty("everytake.path");
        if (path != null) {
            builder.environment().put("PATH", path);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + ":\n" + said);
        }
        return said;
    }

    /** What starts the product: the script that started us, else the classes that we run with. */
    private static List<String> program() {
        String script = System.getProperty("everytake.script");
        if (script != null) {
            return List.of(script);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseG1GC",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN_CLASS);
    }

    private static boolean ready(HttpClient client, URI address) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    public URI address() {
        return place.address();
    }

    public Place place() {
        return place;
    }

    /** From the start of the process to its first answer. */
    public Duration startTook() {
        return startTook;
    }

    /** Of the server's own process, up to its first answer and what has come since. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The process that runs, such as to ask which program it is. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Ends it as a power cut would: kill -9. Returns once it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends it with SIGTERM and waits; returns its exit status. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
        return process.exitValue();
    }

    /** The last lines of what the server said. */
    public String tail() throws IOException {
        return tail(place.log());
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
