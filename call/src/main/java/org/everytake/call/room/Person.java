package org.everytake.call.room;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.everytake.call.Kind;
import org.everytake.call.PersonState;
import org.everytake.call.Track;
import org.everytake.call.Viewed;
import org.everytake.call.media.LiveTrack;
import org.everytake.call.media.Publication;
import org.everytake.call.media.Subscription;
import org.jspecify.annotations.Nullable;

/** Somebody in a room, with the two connections. Owned by the loop. */
final class Person {
    final String id;
    String name;
    Announcer announcer;
    final Set<Kind> muted = EnumSet.noneOf(Kind.class);

    /** What they see of the others; null if they never said. */
    @Nullable
    List<Viewed> viewed;

    final Demands demands = new Demands();

    @Nullable
    Publication publication;

    @Nullable
    Subscription subscription;

    Person(String id, String name, Announcer announcer) {
        this.id = id;
        this.name = name;
        this.announcer = announcer;
    }

    PersonState state() {
        Set<Kind> sends = EnumSet.noneOf(Kind.class);
        if (publication != null) {
            for (LiveTrack track : publication.tracks()) {
                sends.add(track.track().kind());
            }
        }
        return new PersonState(id, name, muted, sends);
    }

    /** How many lines high they see a video; 0 if they do not. What is heard counts as seen in full. */
    int viewedLines(Track track) {
        if (viewed == null || !track.kind().isVideo()) {
            return Integer.MAX_VALUE;
        }
        for (Viewed view : viewed) {
            if (view.person().equals(track.person()) && view.kind() == track.kind()) {
                return view.height();
            }
        }
        return 0;
    }

    void tick(long nowNanos) {
        if (publication != null) {
            publication.tick(nowNanos);
        }
        if (subscription != null) {
            subscription.tick(nowNanos);
        }
    }
}
