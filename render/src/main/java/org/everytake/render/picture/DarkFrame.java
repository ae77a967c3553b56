package org.everytake.render.picture;

import java.util.HexFormat;
import org.everytake.render.Coding;

/**
 * A key frame of {@link #WIDTH} by {@link #HEIGHT} pixels in the colour of a tile, in each codec. It opens each feed, so
 * that FFmpeg can set up its graph whatever the camera's payload turns out to be.
 */
public final class DarkFrame {
    static final int WIDTH = 32;
    static final int HEIGHT = 18;

    private static final byte[] VP8 =
            hex("5002009d012a2000120000470885858885848802020007911263", "9000feff06507ef72d140200");
    private static final byte[] VP9 = hex("824983420001f001160038241c188c00003060000018bffffe1ad97ffac800");
    private static final byte[] H264 = hex(
            "000000016742c00ad9097e23011000000300100000030320f122648000", // parameters of sequence
            "00000168cb83cb20", // and picture
            "0000016588840af118a000271b1c018f93aebc");
    private static final byte[] AV1 = hex(
            "12000a0a0000000227e26d7c8020", // delimiter, sequence header
            "321a10009000082082200000bcaca49e2b646d221624232a10c248d0");

    private DarkFrame() {}

    public static byte[] of(Coding coding) {
        return switch (coding) {
            case VP8 -> VP8;
            case VP9 -> VP9;
            case H264 -> H264;
            case AV1 -> AV1;
            case OPUS, PCMU, PCMA -> throw new IllegalArgumentException(coding + " is sound");
        };
    }

    /** The codec's four letters in an IVF file. */
    static String codec(Coding coding) {
        return switch (coding) {
            case VP8 -> "VP80";
            case VP9 -> "VP90";
            case H264 -> "H264";
            case AV1 -> "AV01";
            case OPUS, PCMU, PCMA -> throw new IllegalArgumentException(coding + " is sound");
        };
    }

    private static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts));
    }
}
