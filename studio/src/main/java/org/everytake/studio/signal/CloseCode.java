package org.everytake.studio.signal;

/** Why the server closes a room's WebSocket; the codes of {@code docs/protocol.md}. */
enum CloseCode {
    LEFT(1000, "left"),
    GOING_AWAY(1001, "the server stops"),
    SILENT(1001, "silence"),
    TOO_MANY_BAD_MESSAGES(4400, "too many bad messages"),
    NO_SUCH_SESSION(4404, "no such session"),
    JOINED_ELSEWHERE(4409, "the same pass joined elsewhere");

    final int code;
    final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    void close(Frames frames) {
        frames.close(code, reason);
    }
}
