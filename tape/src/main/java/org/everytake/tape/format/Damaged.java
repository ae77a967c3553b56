package org.everytake.tape.format;

/** Bytes of the tape that are not what they should be, and why, in a sentence without the final stop. */
public final class Damaged extends Exception {
    private static final long serialVersionUID = 1;

    public Damaged(String message) {
        super(message);
    }

    public Damaged(String message, Throwable cause) {
        super(message, cause);
    }
}
