package org.everytake.tape;

import java.util.Objects;

/**
 * An event of the journal with its time.
 *
 * @param number place in the journal, from 0
 * @param stampNanos since the recording's zero
 */
public record Stamped(long number, long stampNanos, Event event) {
    public Stamped {
        Objects.requireNonNull(event);
    }
}
