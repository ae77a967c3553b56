package org.everytake.studio.config;

/** The program cannot start, and whoever started it can mend that. The message is one sentence for that person. */
public final class CannotStart extends Exception {
    private static final long serialVersionUID = 1;

    public CannotStart(String sentence) {
        super(sentence);
    }

    public CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** What went wrong, for a person: one sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
