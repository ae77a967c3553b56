package org.everytake.render;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.everytake.render.layout.Layout.Heading;

/** What is written above the panes: the recording's title on the left, the time of day on the right. Immutable. */
final class Headings {
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm zzz", Locale.ENGLISH);

    private final Timeline timeline;
    private final Preset preset;
    private final Rect titles;
    private final Rect times;

    /** @param line the place for all of it */
    Headings(Timeline timeline, Preset preset, Rect line) {
        this.timeline = timeline;
        this.preset = preset;
        int width = has(Heading.TIME) ? line.width() / 4 & ~1 : 0;
        titles = new Rect(line.x(), line.y(), line.width() - width, line.height());
        times = new Rect(line.x() + line.width() - width, line.y(), width, line.height());
    }

    List<Caption> within(Ticks ticks) {
        List<Caption> captions = new ArrayList<>();
        if (has(Heading.TITLE)) {
            captions.add(new Caption(timeline.title(), titles, false, ticks));
        }
        for (long start = ticks.start(); has(Heading.TIME) && start < ticks.end(); ) {
            ZonedDateTime now = timeline.zero()
                    .plusNanos(nanos(start))
                    .atZone(preset.canvas().zone());
            long end = Math.min(ticks.end(), start + ticksToNextMinute(now));
            captions.add(new Caption(TIME_OF_DAY.format(now), times, true, new Ticks(start, end)));
            start = end;
        }
        return captions;
    }

    private boolean has(Heading heading) {
        return preset.canvas().layout().heading().contains(heading);
    }

    private long ticksToNextMinute(ZonedDateTime now) {
        ZonedDateTime next = now.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        return Math.ceilDiv(Duration.between(now, next).toNanos(), nanos(1));
    }

    private long nanos(long ticks) {
        return ticks * (1_000_000_000L / preset.framesPerSecond());
    }
}
