package org.everytake.bench.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What x264 writes about itself into each film, as text: {@code x264 - core 164 ... options: cabac=1 ref=1 ...}. */
final class X264 {
    private static final String OPTIONS = " - options: ";
    /** They differ with the machine, and change nothing but the time. */
    private static final List<String> OF_THREADS =
            List.of("threads=", "lookahead_threads=", "sliced_threads=", "nr=", "threadsafe=");

    private X264() {}

    /** How a film was encoded, but for the threads. */
    static List<String> settings(Path film) throws IOException {
        String bytes = Files.readString(film, StandardCharsets.ISO_8859_1);
        int from = bytes.indexOf(OPTIONS, Math.max(0, bytes.indexOf("x264 - core")));
        if (from < 0) {
            throw new IOException(film + " does not say how it was encoded");
        }
        int to = bytes.indexOf('\0', from);
        return Arrays.stream(bytes.substring(from + OPTIONS.length(), to).split(" "))
                .filter(option -> OF_THREADS.stream().noneMatch(option::startsWith))
                .toList();
    }
}
