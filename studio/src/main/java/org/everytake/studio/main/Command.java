package org.everytake.studio.main;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the program can be told to do. */
enum Command {
    HELP("", "", "this help"),
    SERVE("", "", "starts the server and prints its link once it answers; Ctrl-C or SIGTERM ends it"),
    BACKUP(
            "FOLDER",
            "the folder in which the backup is to lie",
            "writes two files there, all facts and the wrapped keys, while the server runs or while none does; the"
                    + " vault and the master key are yours to copy"),
    RESTORE(
            "FILE",
            "the backup's file that ends in .database.zip",
            "makes facts and keys of a backup again, in an empty data folder"),
    ROTATE_MASTER_KEY(
            "",
            "",
            "wraps the keys of all recordings by a new master key, or by the first that the setting names, while the"
                    + " server does not run; nothing that is recorded is written anew");

    private final String shape;
    private final String file;
    private final String description;

    Command(String shape, String file, String description) {
        this.shape = shape;
        this.file = file;
        this.description = description;
    }

    static Optional<Command> named(String word) {
        return Arrays.stream(values())
                .filter(command -> command != HELP && command.word().equals(word))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean takesFile() {
        return !shape.isEmpty();
    }

    /** What it works on, in the help. */
    String shape() {
        return shape;
    }

    /** The same in words. */
    String file() {
        return file;
    }

    String description() {
        return description;
    }
}
