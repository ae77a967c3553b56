package org.everytake.bench.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** FFmpeg and ffprobe as child processes whose media goes through pipes. One call owns its child. */
public final class Tool {

    private static final int COMPLAINT_LENGTH = 600;

    /** What a child writes on its error channel, line by line. Called on a thread of its own. */
    interface Lines {
        void line(String line);
    }

    /** Reads a child's standard output to its end. */
    interface Output {
        void read(InputStream output) throws IOException;
    }

    /** Writes a child's standard input; it is closed afterwards. */
    interface Input {
        void write(OutputStream input) throws IOException;
    }

    private Tool() {}

    /** The program of this name: the environment's EVERYTAKE_FFMPEG (or its sibling), else the PATH's. */
    static String program(String name) {
        String configured = System.getenv("EVERYTAKE_FFMPEG");
        if (configured == null || configured.isBlank()) {
            return name;
        }
        return configured.endsWith("ffmpeg")
                ? configured.substring(0, configured.length() - "ffmpeg".length()) + name
                : name;
    }

    /** Runs a child to its end; fails when it ends with anything but 0. */
    static void run(List<String> command, @Nullable Input input, Output output, Lines errors) throws IOException {
        Process child = new ProcessBuilder(command).start();
        StringBuilder complaint = new StringBuilder();
        Thread errorReader = Thread.ofVirtual().start(() -> {
            try (var reader = child.errorReader(StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    errors.line(line);
                    if (!line.isBlank() && complaint.length() < COMPLAINT_LENGTH) {
                        complaint.append(line).append('\n');
                    }
                }
            } catch (IOException closed) {
                complaint.append(closed.getMessage());
            }
        });
        Thread inputWriter = Thread.ofVirtual().start(() -> {
            try (OutputStream stdin = child.getOutputStream()) {
                if (input != null) {
                    input.write(stdin);
                }
            } catch (IOException closed) {
                complaint.append(closed.getMessage());
            }
        });
        try (InputStream stdout = child.getInputStream()) {
            output.read(stdout);
            inputWriter.join();
            errorReader.join();
            if (!child.waitFor(60, TimeUnit.SECONDS) || child.exitValue() != 0) {
                throw new IOException(command.getFirst() + " failed: " + complaint);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + command.getFirst(), interrupted);
        } finally {
            child.destroyForcibly();
        }
    }

    /** Runs a program that says nothing worth hearing. */
    public static void run(String... command) throws IOException {
        run(List.of(command), null, InputStream::readAllBytes, line -> {});
    }

    /** Runs FFmpeg quietly, to files that the arguments name. */
    public static void ffmpeg(List<String> arguments) throws IOException {
        ffmpeg(arguments, null);
    }

    /** Runs FFmpeg quietly, with input from a pipe, to files that the arguments name. */
    static void ffmpeg(List<String> arguments, @Nullable Input input) throws IOException {
        List<String> command = new ArrayList<>(List.of(program("ffmpeg"), "-hide_banner", "-loglevel", "error", "-y"));
        command.addAll(arguments);
        run(command, input, InputStream::readAllBytes, line -> {});
    }
}
