package org.everytake.tape;

import java.util.ArrayList;
import java.util.List;

/**
 * The room as it is at one moment of the journal: who is there, who is muted, the last sender report of each stream.
 * A journal opens with one and each segment repeats it, so that a segment can be understood without those before it.
 *
 * @param lastTake highest take number opened so far, 0 if none
 */
public record Snapshot(List<Person> people, List<Mute> mutes, List<Event.SenderReported> reports, int lastTake) {
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of(), List.of(), 0);

    public Snapshot {
        people = List.copyOf(people);
        mutes = List.copyOf(mutes);
        reports = List.copyOf(reports);
    }

    /** A room with these people and mutes in which nothing has been recorded yet. */
    public static Snapshot of(List<Person> people, List<Mute> mutes) {
        return new Snapshot(people, mutes, List.of(), 0);
    }

    /** The room after this event. */
    public Snapshot after(Event event) {
        return switch (event) {
            case Event.RecordingStarted started -> started.snapshot();
            case Event.PersonJoined joined -> {
                List<Person> next = new ArrayList<>(people);
                next.removeIf(p -> p.person().equals(joined.person()));
                next.add(new Person(joined.person(), joined.name()));
                yield new Snapshot(next, mutes, reports, lastTake);
            }
            case Event.PersonLeft left ->
                new Snapshot(
                        people.stream()
                                .filter(p -> !p.person().equals(left.person()))
                                .toList(),
                        mutes.stream()
                                .filter(m -> !m.person().equals(left.person()))
                                .toList(),
                        reports,
                        lastTake);
            case Event.SourceMuted muted -> {
                Mute mute = new Mute(muted.person(), muted.kind());
                List<Mute> next = new ArrayList<>(mutes);
                next.remove(mute);
                if (muted.muted()) {
                    next.add(mute);
                }
                yield new Snapshot(people, next, reports, lastTake);
            }
            case Event.TakeOpened opened -> new Snapshot(people, mutes, reports, Math.max(lastTake, opened.take()));
            case Event.TakeClosed closed ->
                new Snapshot(
                        people,
                        mutes,
                        reports.stream().filter(r -> r.take() != closed.take()).toList(),
                        lastTake);
            case Event.SenderReported report -> {
                List<Event.SenderReported> next = new ArrayList<>(reports);
                next.removeIf(r -> r.take() == report.take() && r.stream() == report.stream());
                next.add(report);
                yield new Snapshot(people, mutes, next, lastTake);
            }
            case Event.PacketsDropped dropped -> this;
            // Who was there has to come again, and be told again: nobody knows who left meanwhile.
            case Event.Interrupted interrupted -> new Snapshot(List.of(), List.of(), List.of(), lastTake);
            case Event.RecordingStopped stopped -> this;
            case Event.UnknownEvent unknown -> this;
        };
    }
}
