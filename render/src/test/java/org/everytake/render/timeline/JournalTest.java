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
        assertThat(journal.mutes("anna", Kind.CAMERA)).containsExactly(new Span(0, Long.MAX_VALUE));
    }

    @Test
    void CAP_4_anInterruptionEndsWhatWasThereAndBeginsAPart() {
        var journal = journal(
                new Stamped(1, 0, new Event.PersonJoined("anna", "Anna")),
                new Stamped(2, 1, new Event.SourceMuted("anna", Kind.CAMERA, true)),
                new Stamped(3, 10, new Event.Interrupted("")),
                new Stamped(4, 20, new Event.PersonJoined("anna", "Anna")));

        assertThat(journal.presence("anna", 30)).containsExactly(new Span(0, 10), new Span(20, 30));
        assertThat(journal.mutes("anna", Kind.CAMERA)).containsExactly(new Span(1, 10));
        assertThat(journal.closedAt(1, 5)).isEqualTo(10);
        assertThat(journal.closedAt(2, 20)).isEqualTo(Long.MAX_VALUE);
        assertThat(journal.part(5)).isZero();
        assertThat(journal.part(20)).isOne();
    }
}
