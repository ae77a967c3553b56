package org.everytake.call.room;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.everytake.call.CallCounters;
import org.everytake.call.CallOptions;
import org.everytake.call.Kind;
import org.everytake.call.PersonState;
import org.everytake.call.Refused;
import org.everytake.call.RoomListener;
import org.everytake.call.Sink;

/** A room on its loop, to whose thread all of it belongs. */
final class LiveRoom {
    private final CallOptions options;
    private final CallCounters counters;
    private final Executor announcements;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Sinks sinks;
    private boolean closed;

    LiveRoom(CallOptions options, CallCounters counters, Executor announcements) {
        this.options = options;
        this.counters = counters;
        this.announcements = announcements;
        this.sinks = new Sinks(counters);
    }

    List<PersonState> people() {
        return people.values().stream().map(Person::state).toList();
    }

    List<PersonState> join(String id, String name, RoomListener listener) throws Refused {
        if (closed) {
            throw new Refused("room-closed", "The session has ended.");
        }
        Person person = people.get(id);
        if (person == null && people.size() >= options.peoplePerRoom()) {
            throw new Refused("room-full", "The session is full.");
        }
        var announcer = new Announcer(listener, announcements, counters);
        if (person == null) {
            person = new Person(id, name, announcer);
            people.put(id, person);
        } else {
            person.name = name;
            person.announcer = announcer;
        }
        sinks.each(sink -> sink.joined(id, name));
        tellOthers(person);
        return people();
    }

    void leave(String id) {
        Person person = people.remove(id);
        if (person == null) {
            return;
        }
        sinks.each(sink -> sink.left(id));
        people.values().forEach(other -> other.announcer.tell(listener -> listener.left(id)));
    }

    String publish(String id, String offerSdp, Map<String, Kind> kinds) throws Refused {
        present(id);
        throw new Refused("unsupported-sdp", "No media in this server.");
    }

    void subscribed(String id, long serial, String answerSdp) throws Refused {
        present(id);
        throw new Refused("unknown-serial", "There is no offer with the serial " + serial + ".");
    }

    void mute(String id, Kind kind, boolean muted) throws Refused {
        Person person = present(id);
        if (muted ? person.muted.add(kind) : person.muted.remove(kind)) {
            sinks.each(sink -> sink.muted(id, kind, muted));
            tellAll(person);
        }
    }

    void add(Sink sink) {
        if (sinks.add(sink)) {
            for (Person person : people.values()) {
                sinks.one(sink, s -> s.joined(person.id, person.name));
                person.muted.forEach(kind -> sinks.one(sink, s -> s.muted(person.id, kind, true)));
            }
        }
    }

    void remove(Sink sink) {
        sinks.remove(sink);
    }

    void requestKeyFrames() {}

    void close(String reason) {
        closed = true;
        List.copyOf(people.keySet()).forEach(this::leave);
    }

    void tick(long nowNanos) {}

    private Person present(String id) throws Refused {
        Person person = people.get(id);
        if (person == null) {
            throw new Refused("not-joined", "Join first.");
        }
        return person;
    }

    private void tellAll(Person about) {
        PersonState state = about.state();
        people.values().forEach(each -> each.announcer.tell(listener -> listener.person(state)));
    }

    private void tellOthers(Person about) {
        PersonState state = about.state();
        for (Person each : people.values()) {
            if (each != about) {
                each.announcer.tell(listener -> listener.person(state));
            }
        }
    }
}
