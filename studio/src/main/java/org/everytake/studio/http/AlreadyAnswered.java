package org.everytake.studio.http;

import java.util.Map;

/** Ends a request with an answer that was given before. */
public final class AlreadyAnswered extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers;
    private final transient byte[] body;

    public AlreadyAnswered(int status, Map<String, String> headers, byte[] body) {
        super("answered before", null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
