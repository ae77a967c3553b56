package org.everytake.wire;

import java.util.HexFormat;

/** Bytes written as in an RFC: hexadecimal with blanks and, after {@code #}, a comment to the end of the line. */
public final class Hex {
    private Hex() {}

    public static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replaceAll("#[^\n]*", "").replaceAll("\\s", ""));
    }

    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
