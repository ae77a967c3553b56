package org.everytake.bench.measure;

import java.util.List;

/**
 * A part of a long file, and how large its pictures are looked at. Times that are measured in it are those of the file.
 *
 * @param width in pixels, whatever the file's
 */
public record Stretch(double fromSeconds, double seconds, int width, int height) {

    /** FFmpeg's arguments before the file's name; timestamps stay the file's with {@code -copyts}. */
    List<String> arguments() {
        return List.of("-ss", Double.toString(fromSeconds), "-t", Double.toString(seconds));
    }
}
