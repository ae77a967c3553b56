package org.everytake.tape;

import java.util.Objects;

/**
 * "Anna's microphone": where a take comes from. Several takes may be of the same source, one after the other.
 *
 * @param person the participant's id
 * @param device what tells two sources of a kind apart; empty when there is only one
 */
public record Source(String person, Kind kind, String device) {
    public Source {
        Objects.requireNonNull(person);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(device);
    }
}
