package org.everytake.studio.library;

import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Names that files have in an organisation's bucket, where people look for them:
 * {@code files/{title}/{time}-{id}/{name}}, of letters, digits, dots, hyphens and underscores, as every tool takes them. The
 * title is the one of the day on which the file is copied.
 */
final class CopyNames {
    /** What the names of all copies begin with. */
    static final String FILES = "files/";

    private static final int CHARACTERS = 80;
    private static final int ID_CHARACTERS = 12;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private CopyNames() {}

    /** The folder of a recording's copies, with a slash at its end. */
    static String folder(Recording recording) {
        Instant began = recording.startedAt();
        String id = recording.id().toString();
        return FILES + plain(recording.title()) + "/" + TIME.format(began == null ? recording.createdAt() : began) + "-"
                + id.substring(id.length() - ID_CHARACTERS) + "/";
    }

    /** A name without anything that a tool could stumble over: {@code Anna-s-cafe.mp4} of {@code Anna's café.mp4}. */
    static String plain(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^A-Za-z0-9._]+", "-")
                .replaceAll("^[-.]+|[-.]+$", "");
        String extension = plain.contains(".") ? plain.substring(plain.lastIndexOf('.')) : "";
        String cut = plain.length() <= CHARACTERS
                ? plain
                : plain.substring(0, CHARACTERS - Math.min(extension.length(), CHARACTERS / 2)) + extension;
        return cut.isEmpty() || cut.equals(extension) ? "recording" + extension : cut;
    }
}
