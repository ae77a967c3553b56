package org.everytake.tape.spool;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in words what a file system means. */
final class FaultWords {
    private FaultWords() {}

    static String of(Exception e) {
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be written.";
        }
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " is gone.";
        }
        if (e instanceof FileAlreadyExistsException other) {
            return other.getFile() + " is something else than expected.";
        }
        String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
        return sentence(reason, e);
    }

    private static String sentence(@Nullable String reason, Exception e) {
        String words = Objects.requireNonNullElse(reason, e.getClass().getSimpleName());
        if (words.contains("No space left")) {
            return "the disk is full.";
        }
        if (words.contains("Read-only file system")) {
            return "the disk is mounted read-only.";
        }
        return words.endsWith(".") ? words : words + ".";
    }
}
