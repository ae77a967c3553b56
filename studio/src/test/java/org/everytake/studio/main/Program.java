package org.everytake.studio.main;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real program as a child process, with what it says kept in files. */
final class Program implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Program start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new Program(builder.start(), out, err);
    }

    /** What it prints once it answers: its link. */
    URI link() throws IOException, InterruptedException {
        awaitLines(1);
        return URI.create(out().replaceFirst("(?s)^Everytake is at (\\S+).*", "$1"));
    }

    /** What it prints then, if there is no admin or a link was asked for. */
    URI adminLink() throws IOException, InterruptedException {
        awaitLines(2);
        return URI.create(out().replaceFirst("(?s)^.*\n.* (\\S+)\n$", "$1"));
    }

    private void awaitLines(int lines) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (out().lines().count() < lines || !out().endsWith("\n")) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IllegalStateException("it did not start:\n" + err());
            }
        }
    }

    /** Waits until it has said so in its log. */
    void awaitSaid(String words) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!err().contains(words)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IllegalStateException("it did not say \"" + words + "\":\n" + err());
            }
        }
    }

    /** SIGTERM, and the status it ends with. */
    int end() throws InterruptedException {
        process.destroy();
        return status();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        status();
    }

    int status() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not end");
        }
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    static int freeTcp() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static DatagramSocket takenUdp() throws IOException {
        return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }
}
