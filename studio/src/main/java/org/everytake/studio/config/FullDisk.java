package org.everytake.studio.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a disk that is full is why something failed, since neither Java nor programs that we start say so plainly. */
public final class FullDisk {
    /** PostgreSQL needs a file of so much to begin with. */
    private static final long NEXT_TO_NOTHING_BYTES = 16 << 20;

    /** The kernel's words for {@code ENOSPC} and {@code EDQUOT}, which stand in what whoever met it says. */
    private static final String FULL = "No space left on device";

    private static final String QUOTA = "Disk quota exceeded";

    private FullDisk() {}

    /** Whether what a program said, or why something failed, is that. */
    public static boolean isWhy(String said) {
        return said.contains(FULL) || said.contains(QUOTA);
    }

    /** Whether that is why something failed, or why what it failed of did. */
    public static boolean isWhy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isWhy(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether next to nothing is free on the disk of a folder; false also if it cannot be asked. */
    public static boolean isAt(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < NEXT_TO_NOTHING_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /** Why a server cannot start, and what to do. */
    public static CannotStart cannotStart(Path folder, Throwable cause) {
        return new CannotStart(
                "Everytake cannot start: the disk on which " + folder
                        + " lies is full. Make room on it, at least 200 MB,"
                        + " and start again. Nothing that was recorded is lost.",
                cause);
    }
}
