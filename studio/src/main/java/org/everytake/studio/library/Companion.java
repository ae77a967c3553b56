package org.everytake.studio.library;

import java.util.Arrays;
import java.util.Locale;

/**
 * What goes with a recording's film, and lies beside it in the vault.
 *
 * @param sha256 of its bytes, in lower-case hexadecimal
 */
public record Companion(Kind kind, long sizeBytes, String sha256) {
    /** A recording has one of each at most. */
    public enum Kind {
        /** A picture of it, as large as the film. */
        POSTER("image/jpeg"),
        /** The shape of its sound. */
        WAVEFORM("application/json"),
        /** Where what happens in it. */
        CHAPTERS("application/json"),
        /** The same, as players take it. */
        CHAPTERS_VTT("text/vtt;charset=utf-8");

        private final String contentType;

        Kind(String contentType) {
            this.contentType = contentType;
        }

        public String contentType() {
            return contentType;
        }

        /** As the API spells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }

        static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no companion " + word));
        }
    }
}
