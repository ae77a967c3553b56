package org.everytake.render;

/**
 * What must be done to a picture so that it stands upright: first turned, then mirrored.
 *
 * @param quarterTurns clockwise, 0 to 3
 * @param mirrored left and right
 */
public record Orientation(int quarterTurns, boolean mirrored) {
    public static final Orientation UPRIGHT = new Orientation(0, false);

    /** From the byte of the header extension {@code urn:3gpp:video-orientation} (3GPP TS 26.114, section 7.4.5). */
    public static Orientation of(int value) {
        return new Orientation(value & 3, (value & 4) != 0);
    }

    @Override
    public String toString() {
        return 90 * quarterTurns + "°" + (mirrored ? " mirrored" : "");
    }
}
