package org.everytake.render.mp3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An ID3v2.4 tag: what a player shows of a file. A size has seven bits in each of its bytes, so that it is never taken
 * for the header of a frame of sound.
 *
 * <pre>
 *  "ID3" | 4 | 0 | flags: 0 | size, 4 bytes | frames
 *  frame: name, 4 characters | size, 4 bytes | flags: 0, 2 bytes | encoding: 3, UTF-8 | text
 * </pre>
 */
final class Id3Tag {
    private static final int UTF_8 = 3;

    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();

    /** Adds a text frame, unless there is nothing to say. */
    Id3Tag text(String name, String text) {
        String plain = text.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        if (!plain.isEmpty()) {
            byte[] coded = plain.getBytes(StandardCharsets.UTF_8);
            frames.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(size(coded.length + 1));
            frames.writeBytes(new byte[] {0, 0, UTF_8});
            frames.writeBytes(coded);
        }
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream tag = new ByteArrayOutputStream();
        tag.writeBytes(new byte[] {'I', 'D', '3', 4, 0, 0});
        tag.writeBytes(size(frames.size()));
        tag.writeBytes(frames.toByteArray());
        return tag.toByteArray();
    }

    private static byte[] size(int value) {
        return new byte[] {
            (byte) (value >>> 21 & 0x7F),
            (byte) (value >>> 14 & 0x7F),
            (byte) (value >>> 7 & 0x7F),
            (byte) (value & 0x7F)
        };
    }
}
