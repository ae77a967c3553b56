package org.everytake.studio.signal;

import org.jspecify.annotations.Nullable;

/**
 * A message of a client that cannot be acted on. It is answered with an {@code error} and otherwise ignored; the id is
 * stable and listed in {@code docs/protocol.md}, the detail is a sentence for a person.
 */
final class BadMessage extends Exception {
    private static final long serialVersionUID = 1L;

    /** What can be wrong with a message, with the word that the protocol uses for it. */
    enum Fault {
        MALFORMED_JSON("malformed-json", true),
        MALFORMED_MESSAGE("malformed-message", true),
        UNKNOWN_TYPE("unknown-type", true),
        NOT_JOINED("not-joined", true),
        ALREADY_JOINED("already-joined", true),
        MALFORMED_SDP("malformed-sdp", true),
        UNSUPPORTED_SDP("unsupported-sdp", true),
        UNKNOWN_SERIAL("unknown-serial", true),
        /** Not the program's fault: the next attempt may find a place. */
        ROOM_FULL("room-full", false);

        final String word;
        /** Whether it counts towards the number after which the socket is closed. */
        final boolean counts;

        Fault(String word, boolean counts) {
            this.word = word;
            this.counts = counts;
        }
    }

    final Fault id;
    final @Nullable String of;

    BadMessage(Fault id, String detail, @Nullable String of) {
        super(detail, null, false, false);
        this.id = id;
        this.of = of;
    }

    String detail() {
        String message = getMessage();
        return message == null ? id.word : message;
    }
}
