package org.everytake.render.draw;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The colours of a composite, as 0xAARRGGBB: dark neutrals with a little warmth, and quiet ones for people. */
final class Palette {
    static final int CANVAS = 0xFF161513;
    static final int TILE = 0xFF262420;
    static final int TAG = 0xB3161513;
    static final int TEXT = 0xFFF4F1EB;
    static final int MUTED = 0xFFF0806A;
    static final int QUIET_TEXT = 0xFFB5AFA4;

    /** Each with a contrast of at least 4.5 to {@link #TEXT}. */
    private static final int[] PEOPLE = {
        0xFF3F6B73, 0xFF7A5A3E, 0xFF5B6A3C, 0xFF6B4A6B, 0xFF3E5C8A, 0xFF8A4B45, 0xFF3F7057, 0xFF75613A
    };

    private Palette() {}

    /** A person's colour, the same in every rendition. */
    static int of(String person) {
        CRC32 hash = new CRC32();
        hash.update(person.getBytes(StandardCharsets.UTF_8));
        return PEOPLE[(int) (hash.getValue() % PEOPLE.length)];
    }
}
