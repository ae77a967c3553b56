package org.everytake.call.room;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.everytake.call.PersonState;
import org.everytake.call.Refused;
import org.everytake.call.RoomListener;
import org.jspecify.annotations.Nullable;

/** Who is in a room, in the order in which they came, and how they hear of each other. Owned by the loop. */
final class People {
    private final Map<String, Person> people = new LinkedHashMap<>();

    int size() {
        return people.size();
    }

    Collection<Person> all() {
        return people.values();
    }

    @Nullable
    Person find(String id) {
        return people.get(id);
    }

    Person present(String id) throws Refused {
        Person person = people.get(id);
        if (person == null) {
            throw new Refused("not-joined", "Join first.");
        }
        return person;
    }

    void add(Person person) {
        people.put(person.id, person);
    }

    @Nullable
    Person remove(String id) {
        return people.remove(id);
    }

    List<PersonState> states() {
        return people.values().stream().map(Person::state).toList();
    }

    /** Everybody hears of the person's state, but for one, who knows it. */
    void tellOf(Person about, @Nullable Person but) {
        PersonState state = about.state();
        tell(but, listener -> listener.person(state));
    }

    void tell(@Nullable Person but, Consumer<RoomListener> news) {
        for (Person each : people.values()) {
            if (each != but) {
                each.announcer.tell(news);
            }
        }
    }
}
