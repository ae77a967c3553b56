package org.everytake.render.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.everytake.render.Span;
import org.everytake.render.clock.Report;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Mute;
import org.everytake.tape.Person;
import org.everytake.tape.Snapshot;
import org.everytake.tape.Stamped;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says, gathered: who was there when, who was muted when, when takes were closed, what senders
 * reported. Contradictions do no harm: who joins twice was there, who leaves twice was gone. One thread.
 */
final class Journal {
    /** A stream of a take. */
    record StreamId(int take, int stream) {}

    /** Something that is the case for stretches of time. */
    private static final class Stretches {
        final List<Span> closed = new ArrayList<>();
        long since = Long.MIN_VALUE;
        boolean open;

        private @Nullable List<Span> all;

        void open(long at) {
            if (!open) {
                open = true;
                since = at;
                all = null;
            }
        }

        void close(long at) {
            all = null;
            if (open && at > since) {
                closed.add(new Span(since, at));
            }
            open = false;
        }

        /** However long it goes on; asked for with each picture. */
        List<Span> all() {
            List<Span> known = all;
            if (known == null) {
                known = until(Long.MAX_VALUE);
                all = known;
            }
            return known;
        }

        List<Span> until(long end) {
            List<Span> all = new ArrayList<>(closed);
            if (open && end > since) {
                all.add(new Span(since, end));
            }
            return Span.intersect(Span.union(all), List.of(new Span(0, Math.max(0, end))));
        }
    }

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Stretches> presence = new HashMap<>();
    private final Map<Mute, Stretches> mutes = new HashMap<>();
    private final Map<Integer, Long> closedAt = new HashMap<>();
    private final Map<StreamId, List<Report>> reports = new HashMap<>();
    private final TreeSet<Long> interruptions = new TreeSet<>();
    private final List<Span> away = new ArrayList<>();
    private @Nullable Long awaySince;
    private final String title;
    private @Nullable Long stoppedAt;
    private long newestStamp;

    Journal(Event.RecordingStarted started) {
        title = started.title();
        snapshot(0, started.snapshot());
    }

    static Journal of(Event.RecordingStarted started, List<Stamped> events) {
        Journal journal = new Journal(started);
        for (Stamped event : events) {
            journal.hear(event.stampNanos(), event.event());
        }
        return journal;
    }

    /** The next event. */
    void hear(long stampNanos, Event event) {
        // What was so before the recording is so from its beginning on.
        long at = Math.max(0, stampNanos);
        newestStamp = Math.max(newestStamp, at);
        if (awaySince != null && at > awaySince) {
            away.add(new Span(awaySince, at));
        }
        awaySince = event instanceof Event.Interrupted ? at : null;
        switch (event) {
            case Event.RecordingStarted started -> snapshot(at, started.snapshot());
            case Event.PersonJoined joined -> join(at, joined.person(), joined.name());
            case Event.PersonLeft left -> {
                presenceOf(left.person()).close(at);
                mutes.forEach((mute, stretches) -> {
                    if (mute.person().equals(left.person())) {
                        stretches.close(at);
                    }
                });
            }
            case Event.SourceMuted muted -> mute(at, new Mute(muted.person(), muted.kind()), muted.muted());
            case Event.TakeClosed closed -> closedAt.put(closed.take(), at);
            case Event.SenderReported report ->
                reports.computeIfAbsent(new StreamId(report.take(), report.stream()), id -> new ArrayList<>())
                        // Its own time even so: a report that came before the recording says when that was.
                        .add(new Report(stampNanos, report.ntp64(), report.rtpTimestamp()));
            case Event.Interrupted interrupted -> {
                interruptions.add(at);
                presence.values().forEach(stretches -> stretches.close(at));
                mutes.values().forEach(stretches -> stretches.close(at));
            }
            case Event.RecordingStopped stopped -> stoppedAt = at;
            case Event.TakeOpened opened -> stoppedAt = null;
            case Event.PacketsDropped dropped -> {}
            case Event.UnknownEvent unknown -> {}
        }
    }

    private void snapshot(long at, Snapshot snapshot) {
        for (Person person : snapshot.people()) {
            join(at, person.person(), person.name());
        }
        snapshot.mutes().forEach(mute -> mute(at, mute, true));
    }

    private void join(long at, String person, String name) {
        names.put(person, name);
        presenceOf(person).open(at);
    }

    private void mute(long at, Mute mute, boolean muted) {
        Stretches stretches = mutes.computeIfAbsent(mute, m -> new Stretches());
        if (muted) {
            stretches.open(at);
        } else {
            stretches.close(at);
        }
    }

    private Stretches presenceOf(String person) {
        return presence.computeIfAbsent(person, p -> new Stretches());
    }

    String title() {
        return title;
    }

    /** People in the order in which they first came, with the names that they had last. */
    Map<String, String> names() {
        return names;
    }

    List<Span> presence(String person, long end) {
        Stretches stretches = presence.get(person);
        return stretches == null ? List.of() : stretches.until(end);
    }

    /** The mutes of a source as far as they are known; the last one may still go on. */
    List<Span> mutes(String person, Kind kind) {
        Stretches stretches = mutes.get(new Mute(person, kind));
        return stretches == null ? List.of() : stretches.all();
    }

    List<Span> mutes(String person, Kind kind, long end) {
        Stretches stretches = mutes.get(new Mute(person, kind));
        return stretches == null ? List.of() : stretches.until(end);
    }

    List<Report> reports(int take, int stream) {
        return reports.getOrDefault(new StreamId(take, stream), List.of());
    }

    /** When a take that began at this stamp was over, or never: at the latest when the recorder itself was away. */
    long closedAt(int take, long beganNanos) {
        Long interrupted = interruptions.ceiling(beganNanos);
        return closedAt.getOrDefault(take, interrupted == null ? Long.MAX_VALUE : interrupted);
    }

    /** In which part of the recording this stamp lies, from 0: one begins after each interruption. */
    int part(long stampNanos) {
        return interruptions.headSet(stampNanos).size();
    }

    /** When the recorder itself was away and came back, in order. */
    List<Span> away() {
        return Span.union(away);
    }

    /** When the recording was stopped, or null if it was interrupted and never was. */
    @Nullable
    Long stoppedAt() {
        return stoppedAt;
    }

    long newestStamp() {
        return newestStamp;
    }
}
