package org.everytake.studio.whip;

import java.util.Locale;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jspecify.annotations.Nullable;

/** What a token is good for; each has a protocol and an endpoint of its own. */
enum Right {
    /** By WHIP. */
    PUBLISH("whip"),
    /** By WHEP. */
    WATCH("whep");

    private final String protocol;

    Right(String protocol) {
        this.protocol = protocol;
    }

    /** As the API and the database spell it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of the endpoint; what a POST made is below it. */
    String path() {
        return "/api/v1/" + protocol;
    }

    /** @throws Refused {@code malformed-request} if there is no such right */
    static Right of(@Nullable String word) {
        for (Right right : values()) {
            if (right.word().equals(word)) {
                return right;
            }
        }
        throw new Refused(ErrorId.MALFORMED_REQUEST, "A token may \"publish\" or \"watch\", or both.");
    }
}
