package org.everytake.render.material;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Runs FFmpeg's tools. */
public final class Tools {
    private Tools() {}

    /** What a command writes; it must succeed and say nothing on its error output. */
    public static byte[] run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        try {
            process.getOutputStream().close();
            CompletableFuture<byte[]> complaints = CompletableFuture.supplyAsync(() -> {
                try {
                    return process.getErrorStream().readAllBytes();
                } catch (IOException e) {
                    return e.toString().getBytes(StandardCharsets.UTF_8);
                }
            });
            byte[] output = process.getInputStream().readAllBytes();
            String said = new String(complaints.join(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || !said.isBlank()) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    public static String text(String... command) throws IOException {
        return new String(run(command), StandardCharsets.UTF_8);
    }
}
