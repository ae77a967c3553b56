package org.everytake.studio.library;

import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jspecify.annotations.Nullable;

/** The title of a session or of a recording: 1 to 120 characters on one line. */
final class Title {
    private static final int MOST = 120;

    private Title() {}

    static String check(@Nullable String given) {
        String title = given == null ? "" : given.strip();
        int length = title.codePointCount(0, title.length());
        if (length == 0 || length > MOST) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "A title has 1 to " + MOST + " characters.");
        }
        if (title.codePoints().anyMatch(Title::cannotBeShown)) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "A title is one line of text.");
        }
        return title;
    }

    /** Control characters, halves of a pair, and what PostgreSQL's text cannot hold. */
    private static boolean cannotBeShown(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE
                || Character.getType(codePoint) == Character.LINE_SEPARATOR
                || Character.getType(codePoint) == Character.PARAGRAPH_SEPARATOR;
    }
}
