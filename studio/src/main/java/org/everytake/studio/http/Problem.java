package org.everytake.studio.http;

/** A problem detail (RFC 9457) with our stable id. */
public record Problem(String type, int status, String title, String id, String detail) {
    /** Its media type. */
    public static final String CONTENT_TYPE = "application/problem+json";

    static Problem of(ErrorId id, String detail) {
        return new Problem("about:blank", id.status(), id.title(), id.word(), detail);
    }
}
