package org.everytake.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    @Test
    void theRoomFollowsTheJournal() {
        Event.SenderReported early = new Event.SenderReported(1, 0, 1, 1, 1, 1);
        Event.SenderReported late = new Event.SenderReported(1, 0, 2, 2, 2, 2);
        Event.SenderReported other = new Event.SenderReported(2, 0, 3, 3, 3, 3);
        Snapshot room = Snapshot.EMPTY;
        for (Event event : List.of(
                new Event.PersonJoined("anna", "Anna"),
                new Event.PersonJoined("ben", "Ben"),
                new Event.PersonJoined("anna", "Anna B."),
                new Event.SourceMuted("anna", Kind.CAMERA, true),
                new Event.SourceMuted("anna", Kind.CAMERA, true),
                new Event.SourceMuted("ben", Kind.CAMERA, true),
                new Event.SourceMuted("ben", Kind.MICROPHONE, true),
                new Event.SourceMuted("ben", Kind.MICROPHONE, false),
                new Event.TakeOpened(2, new Source("ben", Kind.CAMERA, "")),
                new Event.TakeOpened(1, new Source("anna", Kind.CAMERA, "")),
                early,
                other,
                late,
                new Event.TakeClosed(2, ""),
                new Event.PersonLeft("ben"),
                new Event.UnknownEvent(300, new byte[0]))) {
            room = room.after(event);
        }
        assertThat(room)
                .isEqualTo(new Snapshot(
                        List.of(new Person("anna", "Anna B.")),
                        List.of(new Mute("anna", Kind.CAMERA)),
                        List.of(late),
                        2));
        assertThat(room.after(Fixtures.started("r")))
                .isEqualTo(Fixtures.started("r").snapshot());
    }
}
