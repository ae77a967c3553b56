package org.everytake.studio.http;

/** The caller asked for something that cannot be; the sentence says what, and is answered with the id's status. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorId id;

    public Refused(ErrorId id, String sentence) {
        // No stack trace: it is an answer, not a fault.
        super(sentence, null, false, false);
        this.id = id;
    }

    public ErrorId id() {
        return id;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
