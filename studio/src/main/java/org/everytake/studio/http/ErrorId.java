package org.everytake.studio.http;

import java.util.Locale;

/** Every error that the API can answer with: its stable id, its status, its title. One table, as in docs/api.md. */
public enum ErrorId {
    NO_SUCH_SESSION(404, "Not found"),
    NO_SUCH_RECORDING(404, "Not found"),
    NO_SUCH_RENDITION(404, "Not found"),
    NO_SUCH_THUMBNAIL(404, "Not found"),
    NOT_READY(409, "Not ready"),
    MALFORMED_JSON(400, "Malformed JSON"),
    MALFORMED_REQUEST(400, "Malformed request"),
    UNKNOWN_FIELD(400, "Unknown field"),
    CHANGED_MEANWHILE(412, "Changed meanwhile"),
    UNSUPPORTED_TYPE(415, "Unsupported type"),
    WRONG_HOST(421, "Wrong host"),
    TOO_LARGE(413, "Too large"),
    NO_PASS(401, "No pass"),
    NOT_SIGNED_IN(401, "Not signed in"),
    NOT_ALLOWED(403, "Not allowed"),
    ALREADY_RECORDING(409, "Already recording"),
    STILL_RECORDING(409, "Still recording"),
    ON_HOLD(409, "On hold"),
    TAPE_ERASED(409, "Tape erased"),
    STORAGE_FULL(507, "Storage full"),
    STILL_RUNNING(409, "Still running"),
    ALREADY_MADE(409, "Already made"),
    KEY_USED_DIFFERENTLY(422, "Key used differently"),
    HAS_RECORDINGS(409, "Has recordings"),
    NOBODY_THERE(409, "Nobody is there"),
    RECORDER_FAILED(503, "The recorder failed"),
    DATABASE_AWAY(503, "The database is away"),
    STORE_AWAY(503, "The store is away"),
    STORE_TAKEN(409, "The store is taken"),
    NO_SUCH_STORE(404, "Not found"),
    NO_SUCH_LAYOUT(404, "Not found"),
    DISK_FULL(507, "The disk is full"),
    RANGE_NOT_SATISFIABLE(416, "Range not satisfiable"),
    WRONG_ORIGIN(403, "Wrong origin"),
    WRONG_SIGN_IN(401, "Wrong e-mail address or password"),
    WRONG_PASSWORD(403, "Wrong password"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    TOO_MANY_TRIES(429, "Too many tries"),
    BUSY(503, "Busy"),
    NO_SUCH_LINK(404, "Not found"),
    NO_SUCH_MEMBER(404, "Not found"),
    NO_SUCH_INVITATION(404, "Not found"),
    NO_SUCH_KEY(404, "Not found"),
    NO_SUCH_ORGANISATION(404, "Not found"),
    NO_SUCH_TOKEN(404, "Not found"),
    NO_SUCH_CONNECTION(404, "Not found"),
    WRONG_TOKEN(401, "Wrong token"),
    MALFORMED_SDP(400, "Malformed SDP"),
    UNSUPPORTED_SDP(422, "Unsupported SDP"),
    PRECONDITION_REQUIRED(428, "Precondition required"),
    TOO_MANY_VIEWERS(409, "Too many viewers"),
    ROOM_FULL(503, "The room is full"),
    LAST_ADMIN(409, "Last admin"),
    ALREADY_MEMBER(409, "Already a member"),
    EMAIL_TAKEN(409, "E-mail address taken"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    INTERNAL(500, "Internal error");

    private final int status;
    private final String title;

    ErrorId(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** As the API spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
