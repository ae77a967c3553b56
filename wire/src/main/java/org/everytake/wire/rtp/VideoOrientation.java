package org.everytake.wire.rtp;

/**
 * The header extension that says how a picture is to be turned before it is shown (3GPP TS 26.114, section 7.4.5).
 *
 * <pre>
 * |  ID   | len=0 |0 0 0 0 C F R R|
 * </pre>
 *
 * @param backCamera C: the camera looks away from its user
 * @param flipped F: the picture is mirrored, left for right
 * @param clockwiseDegrees R: by how much whoever shows it turns it clockwise: 0, 90, 180 or 270
 */
public record VideoOrientation(boolean backCamera, boolean flipped, int clockwiseDegrees) {
    public static final VideoOrientation UPRIGHT = new VideoOrientation(false, false, 0);

    private static final int LENGTH = 1;

    public VideoOrientation {
        if (clockwiseDegrees % 90 != 0 || clockwiseDegrees < 0 || clockwiseDegrees > 270) {
            throw new IllegalArgumentException(clockwiseDegrees + " degrees");
        }
    }

    /** The byte, for {@link #of}, or -1 if the packet has none. */
    public static int read(RtpPacket packet, int id) {
        return (int) packet.extensionNumber(id, LENGTH);
    }

    /**
     * @param value the byte, whose upper half is ignored
     */
    public static VideoOrientation of(int value) {
        return new VideoOrientation((value & 8) != 0, (value & 4) != 0, 90 * (value & 3));
    }

    /** The byte. */
    public int value() {
        return (backCamera ? 8 : 0) | (flipped ? 4 : 0) | clockwiseDegrees / 90;
    }

    public HeaderExtension extension(int id) {
        return HeaderExtension.number(id, LENGTH, value());
    }
}
