package org.everytake.studio.library;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file made, or to be made, from the takes of a recording.
 *
 * @param format that of its kind, or another that was asked for
 * @param person whose it is, where the kind is of one person
 * @param layout that was chosen for it; null where it has the usual one, or nobody is placed in it
 * @param name the file name
 * @param progress from 0 to 1
 * @param remainingMillis how long it may still take, null where that is not known
 * @param object its name in the vault, once it is ready
 * @param sha256 of its bytes in lower-case hexadecimal, once it is ready
 * @param remarks what in it is missing or was repaired, a sentence each
 * @param madeWith the programs that made it and their versions, once it is ready; null of files from before that was noted
 */
public record Rendition(
        UUID id,
        UUID recording,
        Kind kind,
        RenditionFormat format,
        @Nullable String person,
        @Nullable ChosenLayout layout,
        String name,
        RenditionState state,
        double progress,
        @Nullable Long remainingMillis,
        @Nullable String object,
        @Nullable Long sizeBytes,
        @Nullable Long durationMillis,
        @Nullable String sha256,
        @Nullable String failure,
        List<String> remarks,
        @Nullable String madeWith,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    public Rendition {
        remarks = List.copyOf(remarks);
    }

    public String contentType() {
        return format.contentType();
    }

    /** Whether it is what is played first of a recording with pictures, and everything else waits for. */
    public boolean isMain() {
        return kind == Kind.COMPOSITE && format == RenditionFormat.MP4 && layout == null;
    }

    /** Whether it is what one person sent, neither decoded nor encoded; there is one, whatever its format. */
    public boolean isAsSent() {
        return isAsSent(kind, format);
    }

    static boolean isAsSent(Kind kind, RenditionFormat format) {
        return kind == Kind.PARTICIPANT && format != RenditionFormat.MOV;
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
        RAW,
        /** How well it came across. */
        QUALITY;

        /** What is made of this kind without being asked for; of archives a setting decides. */
        public RenditionFormat format() {
            return switch (this) {
                case COMPOSITE -> RenditionFormat.MP4;
                case PARTICIPANT -> RenditionFormat.MOV;
                case MIX, PARTICIPANT_SOUND -> RenditionFormat.MP3;
                case RAW -> RenditionFormat.TAR_GZ;
                case QUALITY -> RenditionFormat.JSON;
            };
        }

        /** Whether it is of one person rather than of everybody. */
        public boolean isOfOne() {
            return this == PARTICIPANT || this == PARTICIPANT_SOUND;
        }

        /** Whether there is a picture in it. */
        public boolean isOfPicture() {
            return this == COMPOSITE || this == PARTICIPANT;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** What is known of a file once it lies in the vault. */
    public record Made(
            String object, long sizeBytes, long durationMillis, String sha256, List<String> remarks, String madeWith) {
        public Made {
            remarks = List.copyOf(remarks);
        }
    }
}
