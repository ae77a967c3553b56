package org.everytake.call;

/** A request to a room that cannot be granted; the caller's fault. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String id;

    public Refused(String id, String detail) {
        super(detail);
        this.id = id;
    }

    /**
     * Stable: {@code malformed-sdp}, {@code unsupported-sdp}, {@code unknown-serial}, {@code not-joined},
     * {@code room-full}, {@code room-closed}.
     */
    public String id() {
        return id;
    }

    /** A sentence for people. */
    public String detail() {
        String message = getMessage();
        return message == null ? id : message;
    }
}
