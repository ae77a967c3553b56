package org.everytake.call.room;

import java.util.EnumSet;
import java.util.Set;
import org.everytake.call.Kind;
import org.everytake.call.PersonState;

/** Somebody in a room. Owned by the loop. */
final class Person {
    final String id;
    String name;
    Announcer announcer;
    final Set<Kind> muted = EnumSet.noneOf(Kind.class);
    final Set<Kind> sends = EnumSet.noneOf(Kind.class);

    Person(String id, String name, Announcer announcer) {
        this.id = id;
        this.name = name;
        this.announcer = announcer;
    }

    PersonState state() {
        return new PersonState(id, name, muted, sends);
    }
}
