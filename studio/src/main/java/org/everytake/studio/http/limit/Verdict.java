package org.everytake.studio.http.limit;

import java.util.function.BiConsumer;

/**
 * Whether a request may go on, and what its answer says of that in the fields {@code RateLimit-Policy} and
 * {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers).
 *
 * @param waitSeconds when to try again, if it may not
 */
public record Verdict(boolean granted, long waitSeconds, String policy, String state) {
    /** Of a request that may not go on. */
    public static final String SENTENCE = "That was more than is let through from one place. Try again a little later.";

    /** @param header sets a field of the answer */
    public void tell(BiConsumer<String, String> header) {
        header.accept("RateLimit-Policy", policy);
        header.accept("RateLimit", state);
        if (!granted) {
            header.accept("Retry-After", String.valueOf(waitSeconds));
        }
    }
}
