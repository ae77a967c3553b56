package org.everytake.render.ffmpeg;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.everytake.render.RenderFault;

/**
 * One running FFmpeg. Its standard input and output are for whoever started it, one thread each; its complaints are
 * kept, the last lines of them. Closing kills it, if it still runs, and leaves nothing behind.
 */
public final class Child implements AutoCloseable {
    private static final int LINES_KEPT = 12;

    /** The status of a child that SIGKILL has ended. */
    private static final int KILLED = 128 + 9;

    private static final int MOST_OF_A_LINE = 300;

    private final Process process;
    private final ArrayDeque<String> lastLines = new ArrayDeque<>();
    private final Thread listener;

    private Child(Process process) {
        this.process = process;
        this.listener = Thread.ofVirtual().name("ffmpeg-complaints").start(this::listen);
    }

    /** @param folder the child's working folder */
    public static Child start(Ffmpeg ffmpeg, List<String> arguments, Path folder) throws RenderFault {
        ProcessBuilder builder = new ProcessBuilder(ffmpeg.command(arguments)).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH", "LD_LIBRARY_PATH"));
        try {
            return new Child(builder.start());
        } catch (IOException e) {
            throw new RenderFault("FFmpeg cannot be started: " + e.getMessage(), e);
        }
    }

    public OutputStream input() {
        return process.getOutputStream();
    }

    public InputStream output() {
        return process.getInputStream();
    }

    /** Waits until it has ended, and throws if it failed, with its last words. */
    public void await() throws RenderFault, InterruptedException {
        int status = process.waitFor();
        listener.join();
        if (status != 0) {
            throw new RenderFault(
                    status == KILLED
                            ? "FFmpeg was killed, as nothing moved for three minutes or memory was short: "
                                    + lastWords()
                            : "FFmpeg failed (" + status + "): " + lastWords());
        }
    }

    /** Ends it at once. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            process.getInputStream().close();
            process.getOutputStream().close();
        } catch (IOException ended) {
            keep(String.valueOf(ended.getMessage())); // the pipe of a killed child may complain
        }
    }

    /** Whether it has said anything, and so found fault with something. */
    public boolean complained() {
        synchronized (lastLines) {
            return !lastLines.isEmpty();
        }
    }

    private String lastWords() {
        synchronized (lastLines) {
            return lastLines.isEmpty() ? "it said nothing" : String.join(" | ", lastLines);
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
            }
        } catch (IOException ended) {
            keep("its complaints ended: " + ended.getMessage());
        }
    }

    private void keep(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == LINES_KEPT) {
                lastLines.remove();
            }
            lastLines.add(line.length() > MOST_OF_A_LINE ? line.substring(0, MOST_OF_A_LINE) : line);
        }
    }
}
