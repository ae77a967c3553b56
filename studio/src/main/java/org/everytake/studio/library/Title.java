package org.everytake.studio.library;

import org.everytake.studio.http.Text;
import org.jspecify.annotations.Nullable;

/** The title of a session or of a recording: 1 to 120 characters on one line. */
final class Title {
    private static final int MOST = 120;

    private Title() {}

    static String check(@Nullable String given) {
        return Text.line(given, "A title", MOST);
    }
}
