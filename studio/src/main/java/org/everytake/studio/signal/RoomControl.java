package org.everytake.studio.signal;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.library.LivePeople;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingControl;
import org.everytake.studio.library.Session;
import org.everytake.studio.record.Recordings;
import org.jspecify.annotations.Nullable;

/** Ties the rooms and the recorder to the library. Any thread; may block. */
public final class RoomControl implements RecordingControl, LivePeople {
    private final Rooms rooms;
    private final Recordings recordings;
    private final int peoplePerRoom;

    public RoomControl(Rooms rooms, Recordings recordings, int peoplePerRoom) {
        this.rooms = rooms;
        this.recordings = recordings;
        this.peoplePerRoom = peoplePerRoom;
    }

    @Override
    public String host(UUID session, String pass) {
        Rooms.Present present = rooms.present(session.toString(), pass)
                .orElseThrow(() -> new Refused(ErrorId.NO_PASS, "This pass is of nobody who is in the room now."));
        if (!present.mayRecord()) {
            throw new Refused(ErrorId.NOT_ALLOWED, "Only host and co-hosts record.");
        }
        return present.name();
    }

    @Override
    public Recording start(Session session, String by, @Nullable String title) {
        return recordings.start(session.id().toString(), title == null ? session.title() : title, session.mode(), by);
    }

    @Override
    public Recording stop(UUID recording, String by) {
        return recordings.stop(recording, "stopped by " + by);
    }

    @Override
    public int count(UUID session) {
        return rooms.live(session.toString());
    }

    @Override
    public Set<UUID> sessions() {
        return rooms.liveSessions().stream().map(UUID::fromString).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int most() {
        return peoplePerRoom;
    }
}
