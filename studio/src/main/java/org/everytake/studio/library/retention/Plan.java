package org.everytake.studio.library.retention;

import java.util.List;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation may keep, and for how long.
 *
 * @param sizeBytes how much; null for no limit
 * @param mastersHeight the most lines of masters; null for as many as are sent
 * @param mastersDays how long masters and all files are kept after the end of a recording; null for ever
 * @param tapeDays the same of the tape, and of RAW archives that the pack does not include
 */
public record Plan(
        Pack pack,
        @Nullable Long sizeBytes,
        @Nullable Integer mastersHeight,
        @Nullable Integer mastersDays,
        int tapeDays) {
    private static final int LONGEST_DAYS = 36_500;
    private static final List<Integer> HEIGHTS = List.of(360, 480, 720, 1080, 2160);

    /** @throws Refused {@code malformed-request} where it could not be kept to */
    Plan checked() {
        if (sizeBytes != null && sizeBytes <= 0) {
            throw malformed("A size has at least one byte; without one there is no limit.");
        }
        if (mastersHeight != null && !HEIGHTS.contains(mastersHeight)) {
            throw malformed("Masters have 360, 480, 720, 1080 or 2160 lines, or as many as are sent.");
        }
        if (tapeDays < 1 || tapeDays > LONGEST_DAYS || (mastersDays != null && mastersDays > LONGEST_DAYS)) {
            throw malformed("A period has 1 to 36500 days.");
        }
        if (mastersDays != null && mastersDays < tapeDays) {
            throw malformed("Files are kept at least as long as the tape, of which they are made.");
        }
        return this;
    }

    private static Refused malformed(String sentence) {
        return new Refused(ErrorId.MALFORMED_REQUEST, sentence);
    }
}
