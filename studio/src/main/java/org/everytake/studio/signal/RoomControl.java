package org.everytake.studio.signal;

import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.library.LivePeople;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingControl;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.Session;
import org.everytake.studio.record.Recordings;
import org.jspecify.annotations.Nullable;

/** Lets whoever is in a room, shown by their pass, start and stop its recording. Any thread; may block. */
public final class RoomControl implements RecordingControl, LivePeople {
    private final Rooms rooms;
    private final Recordings recordings;
    private final RecordingStore store;

    public RoomControl(Rooms rooms, Recordings recordings, RecordingStore store) {
        this.rooms = rooms;
        this.recordings = recordings;
        this.store = store;
    }

    @Override
    public Recording start(Session session, @Nullable String pass, @Nullable String title) {
        Rooms.Present present = present(session.id(), pass);
        return recordings.start(session.id(), title == null ? session.title() : title, present.name());
    }

    @Override
    public Recording stop(UUID recording, @Nullable String pass) {
        Recording known = store.find(recording)
                .orElseThrow(() -> new Refused(
                        ErrorId.NO_SUCH_RECORDING,
                        "There is no recording " + recording + ". It may have been deleted."));
        Rooms.Present present = present(known.session(), pass);
        return recordings.stop(recording, "stopped by " + present.name());
    }

    private Rooms.Present present(String session, @Nullable String pass) {
        if (pass == null) {
            throw new Refused(ErrorId.NO_PASS, "Only who is in the room may do this. Show the pass that joining gave.");
        }
        return rooms.present(session, pass)
                .orElseThrow(() -> new Refused(ErrorId.NO_PASS, "This pass is of nobody who is in the room now."));
    }

    @Override
    public int count(String session) {
        return rooms.live(session);
    }
}
