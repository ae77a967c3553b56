package org.everytake.wire.rtp;

/**
 * The header extension with the loudness of an audio packet (RFC 6464).
 *
 * <pre>
 * |  ID   | len=0 |V|   level     |   V: there is speech in it
 * </pre>
 */
public final class AudioLevel {
    /** The level of silence, in dB below full scale. */
    public static final int SILENCE = 127;

    private static final int LENGTH = 1;

    private AudioLevel() {}

    /** The byte, for {@link #isVoice} and {@link #level}, or -1 if the packet has none. */
    public static int read(RtpPacket packet, int id) {
        return (int) packet.extensionNumber(id, LENGTH);
    }

    /** Whether the sender says that there is speech. */
    public static boolean isVoice(int value) {
        return (value & 0x80) != 0;
    }

    /** How many dB below full scale: 0, as loud as can be, to 127, silence. */
    public static int level(int value) {
        return value & 0x7F;
    }

    /**
     * @param level 0 to 127, dB below full scale
     */
    public static HeaderExtension extension(int id, boolean voice, int level) {
        return HeaderExtension.number(id, LENGTH, (voice ? 0x80 : 0) | Math.clamp(level, 0, SILENCE));
    }
}
