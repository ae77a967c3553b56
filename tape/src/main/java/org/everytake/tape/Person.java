package org.everytake.tape;

import java.util.Objects;

/** A participant and the name that the others see. */
public record Person(String person, String name) {
    public Person {
        Objects.requireNonNull(person);
        Objects.requireNonNull(name);
    }
}
