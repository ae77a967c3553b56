package org.everytake.studio.library;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file made, or to be made, from the takes of a recording.
 *
 * @param person whose it is, where the kind is of one person
 * @param name the file name
 * @param progress from 0 to 1
 * @param remainingMillis how long it may still take, null where that is not known
 * @param object its name in the vault, once it is ready
 * @param sha256 of its bytes in lower-case hexadecimal, once it is ready
 * @param remarks what in it is missing or was repaired, a sentence each
 */
public record Rendition(
        UUID id,
        UUID recording,
        Kind kind,
        @Nullable String person,
        String name,
        String contentType,
        RenditionState state,
        double progress,
        @Nullable Long remainingMillis,
        @Nullable String object,
        @Nullable Long sizeBytes,
        @Nullable Long durationMillis,
        @Nullable String sha256,
        @Nullable String failure,
        List<String> remarks,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    public Rendition {
        remarks = List.copyOf(remarks);
    }

    /** What a rendition shows and sounds. In the order in which they are listed; the archive is made first. */
    public enum Kind {
        /** Picture and sound of everybody. */
        COMPOSITE,
        /** Picture and sound of one person. */
        PARTICIPANT,
        /** The sound of everybody. */
        MIX,
        /** The sound of one person. */
        PARTICIPANT_SOUND,
        /** What everybody sent, packet by packet, in an archive. */
        RAW;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** What is known of a file once it lies in the vault. */
    public record Made(String object, long sizeBytes, long durationMillis, String sha256, List<String> remarks) {
        public Made {
            remarks = List.copyOf(remarks);
        }
    }
}
