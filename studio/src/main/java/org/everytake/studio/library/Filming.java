package org.everytake.studio.library;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** When an organisation has films of everybody made. */
public enum Filming {
    /** While a recording goes on. */
    ALWAYS,
    /** As soon as somebody wants to watch, in the recording or after it. */
    ON_FIRST_VIEW,
    /** Not by itself but for the file that is made before a tape ends. */
    NEVER;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Filming> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
