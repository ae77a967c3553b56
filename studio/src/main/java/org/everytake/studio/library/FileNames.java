package org.everytake.studio.library;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes file names of titles and people's names that every file system takes. */
public final class FileNames {
    private static final int CHARACTERS = 80;
    private static final String BEFORE_LAYOUT = " - ";
    private static final int CHARACTERS_OF_LAYOUT = 27;
    private static final String PACKED_TAR = "tar.gz";
    private static final String RESERVED = "<>:\"/\\|?*";

    private FileNames() {}

    /** A name with this extension that is not among those used, also where small and capital letters are the same. */
    public static String unused(String wanted, String extension, Set<String> used) {
        String base = safe(wanted);
        String name = base + "." + extension;
        for (int i = 2; !used.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = base + " (" + i + ")." + extension;
        }
        return name;
    }

    /** What a file of everybody is named after: the recording's title, and the layout if one was chosen. Either is cut. */
    static String after(String title, @Nullable ChosenLayout layout) {
        return layout == null
                ? title
                : first(title, CHARACTERS - BEFORE_LAYOUT.length() - CHARACTERS_OF_LAYOUT)
                        + BEFORE_LAYOUT
                        + first(layout.name(), CHARACTERS_OF_LAYOUT);
    }

    private static String first(String text, int characters) {
        return text.codePoints()
                .limit(characters)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    /** What stands behind the name's last dot; of a packed tar archive, behind the one before. */
    static String extension(String name) {
        return name.endsWith("." + PACKED_TAR) ? PACKED_TAR : name.substring(name.lastIndexOf('.') + 1);
    }

    static String safe(String wanted) {
        StringBuilder name = new StringBuilder();
        wanted.codePoints().limit(CHARACTERS).forEach(c -> {
            boolean bad = Character.isISOControl(c)
                    || RESERVED.indexOf(c) >= 0
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.SURROGATE;
            name.appendCodePoint(bad ? '-' : c);
        });
        // Windows drops trailing dots and spaces; a leading dot hides a file.
        String trimmed = name.toString().strip().replaceAll("^\\.+|[. ]+$", "");
        return trimmed.isEmpty() ? "recording" : trimmed;
    }
}
