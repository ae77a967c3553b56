package org.everytake.studio.config;

import java.nio.file.Path;

/** What lies where in a data folder. */
public record DataLayout(Path root) {

    /** Holds the number of the layout; what has it is a data folder. */
    public Path version() {
        return root.resolve("version");
    }

    public Path spool() {
        return root.resolve("spool");
    }

    public Path vault() {
        return root.resolve("vault");
    }

    public Path keys() {
        return root.resolve("keys");
    }

    public Path masterKey() {
        return root.resolve("master.key");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path scratch() {
        return root.resolve("scratch");
    }

    public Path unfinished() {
        return root.resolve("unfinished");
    }
}
