package org.everytake.studio.library.retention;

import java.util.List;
import java.util.Locale;

/** What a plan includes. MP4 on demand is in all of them, in LD where SD is not included. */
public enum Pack {
    /** For an installation of one's own. Its RAW archives end with the tape. */
    UNLIMITED(List.of("sd", "hd")),
    RECSTORAGE1(List.of("raw", "ld")),
    RECSTORAGE2(List.of("raw", "sd")),
    RECSTORAGE3(List.of("raw", "sd", "hd"));

    private final List<String> includes;

    Pack(List<String> includes) {
        this.includes = includes;
    }

    /** Kinds of files, as the API spells them. */
    public List<String> includes() {
        return includes;
    }

    /** As the API and the database spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such pack */
    public static Pack of(String word) {
        for (Pack pack : values()) {
            if (pack.word().equals(word)) {
                return pack;
            }
        }
        throw new IllegalArgumentException("no pack: " + word);
    }
}
