package org.everytake.tape;

import java.util.Objects;

/** A source that is muted. */
public record Mute(String person, Kind kind) {
    public Mute {
        Objects.requireNonNull(person);
        Objects.requireNonNull(kind);
    }
}
