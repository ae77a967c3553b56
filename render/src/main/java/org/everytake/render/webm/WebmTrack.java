package org.everytake.render.webm;

/**
 * A track of a {@link WebmFilm}.
 *
 * @param codec as Matroska names it
 * @param codecPrivate what a decoder must know before the first block; may be empty
 * @param name what it is called; may be empty
 * @param width in pixels, 0 where there is no picture
 * @param frameNanos how long each picture is seen, 0 where that is not the same for all
 * @param delayNanos what a decoder puts out before the first sample, and a player leaves out
 * @param paddingNanos what a player leaves out of the last block
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once
public record WebmTrack(
        Type type,
        String codec,
        byte[] codecPrivate,
        String name,
        int width,
        int height,
        long frameNanos,
        long delayNanos,
        long paddingNanos,
        Blocks blocks) {

    /** The types of tracks (RFC 9559, section 5.1.4.1.3). */
    public enum Type {
        PICTURE(1),
        SOUND(2),
        TEXT(17);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** Pictures of one size. */
    public static WebmTrack pictures(
            String codec, byte[] codecPrivate, String name, int width, int height, long frameNanos, Blocks blocks) {
        return new WebmTrack(Type.PICTURE, codec, codecPrivate, name, width, height, frameNanos, 0, 0, blocks);
    }

    /**
     * Opus.
     *
     * @param head what an Ogg Opus file would begin with (RFC 7845, section 5.1)
     */
    public static WebmTrack opus(byte[] head, String name, long delayNanos, long paddingNanos, Blocks blocks) {
        return new WebmTrack(Type.SOUND, "A_OPUS", head, name, 0, 0, 0, delayNanos, paddingNanos, blocks);
    }
}
