package org.everytake.studio.http;

import org.jspecify.annotations.Nullable;

/** What people type and others read: one line, which cannot disturb what stands beside it. */
public final class Text {
    private Text() {}

    /**
     * The text without white space at its ends.
     *
     * @param what with which the sentence of a refusal begins: "A title"
     * @param most how many characters it may have; the least is one
     */
    public static String line(@Nullable String given, String what, int most) {
        String text = given == null ? "" : given.strip();
        int length = text.codePointCount(0, text.length());
        if (length == 0 || length > most) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, what + " has 1 to " + most + " characters.");
        }
        if (text.codePoints().anyMatch(Text::disturbs)) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, what + " is one line of text, without control characters.");
        }
        return text;
    }

    /**
     * Control characters, halves of a pair and what PostgreSQL's text cannot hold, ends of lines, and what turns the
     * direction of the text that follows (Unicode's annex 9, section 2).
     */
    static boolean disturbs(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE
                || Character.getType(codePoint) == Character.LINE_SEPARATOR
                || Character.getType(codePoint) == Character.PARAGRAPH_SEPARATOR
                || (codePoint >= 0x202a && codePoint <= 0x202e)
                || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
