package org.everytake.render.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.everytake.render.Span;
import org.everytake.render.clock.Report;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Snapshot;
import org.everytake.tape.Stamped;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final Event.RecordingStarted STARTED = new Event.RecordingStarted(
            "recording", "session", "Weekly", Instant.EPOCH, Snapshot.of(List.of(), List.of()));

    private static Journal journal(Stamped... events) {
        return Journal.of(STARTED, List.of(events));
    }

    @Test
    void REN_3_aReportFromBeforeTheRecordingKeepsTheTimeOfItsArrival() {
        var journal = journal(new Stamped(1, -3_000_000_000L, new Event.SenderReported(1, 0, 77, 48_000, 0, 0)));
        assertThat(journal.reports(1, 0)).containsExactly(new Report(-3_000_000_000L, 77, 48_000));
    }

    @Test
    void aMuteFromBeforeTheRecordingHoldsFromItsBeginning() {
        var journal = journal(new Stamped(1, -1_000, new Event.SourceMuted("anna", Kind.CAMERA, true)));
        assertThat(journal.mutes("anna", Kind.CAMERA, 10)).containsExactly(new Span(0, 10));
    }
}
