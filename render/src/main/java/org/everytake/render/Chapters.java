package org.everytake.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.everytake.render.Chapter.Happening;
import org.everytake.render.Chapter.Kind;

/** Finds the {@link Chapter}s of a timeline: its start, and whatever happens that people know of. */
final class Chapters {
    /** As many as an MP4 can name. */
    private static final int MOST = 255;

    /** What happens so close to a chapter's beginning is part of it, and at the very end there is none. */
    private static final long CLOSE_NANOS = 2_000_000_000L;

    /** Who is back so soon was not away: a browser was loaded again, or another window is shown. */
    private static final long BRIEF_NANOS = 10_000_000_000L;

    private record Moment(long nanos, Happening happening) {}

    private final Timeline timeline;
    private final List<Moment> moments = new ArrayList<>();

    private Chapters(Timeline timeline) {
        this.timeline = timeline;
    }

    /** In order, the first at zero, at most 255. */
    static List<Chapter> of(Timeline timeline) {
        Chapters chapters = new Chapters(timeline);
        chapters.gather();
        long close = CLOSE_NANOS;
        List<Chapter> all = chapters.within(close);
        while (all.size() > MOST) {
            close *= 2;
            all = chapters.within(close);
        }
        return all;
    }

    private void gather() {
        int part = 2;
        for (Span away : timeline.away()) {
            moments.add(new Moment(away.endNanos(), new Happening(Kind.PART, String.valueOf(part++))));
        }
        for (Participant person : timeline.people()) {
            add(person.present(), new Happening(Kind.JOINED, person.name()), new Happening(Kind.LEFT, person.name()));
            List<Span> shown = person.screens().stream()
                    .flatMap(clip -> clip.shown().stream())
                    .toList();
            add(
                    Span.union(shown),
                    new Happening(Kind.SCREEN_BEGINS, person.name()),
                    new Happening(Kind.SCREEN_ENDS, person.name()));
        }
        moments.removeIf(moment -> moment.nanos <= CLOSE_NANOS || moment.nanos >= timeline.endNanos() - CLOSE_NANOS);
        moments.sort(Comparator.comparingLong(Moment::nanos));
    }

    private void add(List<Span> spans, Happening begins, Happening ends) {
        for (Span span : withoutBriefGaps(spans)) {
            moments.add(new Moment(span.startNanos(), begins));
            moments.add(new Moment(span.endNanos(), ends));
        }
    }

    /** While the server was away nobody could be there. */
    private List<Span> withoutBriefGaps(List<Span> spans) {
        List<Span> whole = new ArrayList<>(spans);
        for (int i = 1; i < spans.size(); i++) {
            Span gap = new Span(spans.get(i - 1).endNanos(), spans.get(i).startNanos());
            long missed = Span.subtract(List.of(gap), timeline.away()).stream()
                    .mapToLong(span -> span.endNanos() - span.startNanos())
                    .sum();
            if (missed < BRIEF_NANOS) {
                whole.add(gap);
            }
        }
        return Span.union(whole);
    }

    private List<Chapter> within(long close) {
        List<Chapter> chapters = new ArrayList<>();
        long begins = 0;
        List<Happening> happenings = new ArrayList<>(List.of(new Happening(Kind.START, "")));
        for (Moment moment : moments) {
            if (moment.nanos - begins > close) {
                chapters.add(new Chapter(begins, happenings));
                begins = moment.nanos;
                happenings.clear();
            }
            happenings.add(moment.happening);
        }
        chapters.add(new Chapter(begins, happenings));
        return chapters;
    }
}
