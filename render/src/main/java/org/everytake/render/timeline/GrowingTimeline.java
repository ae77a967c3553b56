package org.everytake.render.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.render.Clip;
import org.everytake.render.Format;
import org.everytake.render.Timeline;
import org.everytake.render.clock.CausalClocks;
import org.everytake.render.clock.ClockMap;
import org.everytake.render.media.RecentMedia;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.TapeRecord;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of a recording that goes on, from what has been on its tape so far. What lies before a time that was settled
 * is the same in every later timeline. One thread.
 */
public final class GrowingTimeline {
    /**
     * So long after a time what came by then is put in order: a packet that was sent once more is waited for until then, and
     * what a picture's neighbours tell is known.
     */
    private static final long ORDERED_AHEAD_NANOS = 4_000_000_000L;

    private record StreamId(int take, int stream) {}

    /** What came, sorted by sequence as long as something may still come in between. */
    private static final class Waiting {
        final TreeMap<Long, TapeRecord> records = new TreeMap<>();
        long handedOn = Long.MIN_VALUE;
    }

    /** The clips of a timeline are made anew each time; what is kept for them is not. */
    private record MediaId(int take, int stream, Format format) {}

    private final TimelineBuilder builder;
    private final CausalClocks clocks = new CausalClocks();
    private final Map<StreamId, Waiting> waiting = new LinkedHashMap<>();
    private final List<StreamScan> scans = new ArrayList<>();
    private final Map<MediaId, RecentMedia> recent = new HashMap<>();
    private List<ClockMap> maps = List.of();
    private long newestNanos;

    public GrowingTimeline(Event.RecordingStarted started) {
        builder = new TimelineBuilder(started, false);
    }

    /** The next event of the journal. */
    public void event(Stamped event) {
        builder.journal().hear(event.stampNanos(), event.event());
        newestNanos = Math.max(newestNanos, event.stampNanos());
    }

    /** A take's newest description, before its first packet. */
    public void described(TakeDescription take, long stampNanos) {
        StreamWalk known = builder.walk(take.take());
        if (known != null) {
            known.describe(take);
        } else if (TimelineBuilder.isPlaced(take.source())) {
            builder.add(take, stampNanos, new StreamWalk(take, builder.mutes(take.source()), false, true));
        }
    }

    /** A packet as it came; one that comes too late is as good as lost. */
    public void packet(int take, TapeRecord record) {
        Waiting stream = waiting.computeIfAbsent(new StreamId(take, record.stream()), id -> new Waiting());
        if (record.sequence() > stream.handedOn) {
            stream.records.putIfAbsent(record.sequence(), record);
        }
        newestNanos = Math.max(newestNanos, record.stampNanos());
    }

    /** Of all that came. */
    public long newestNanos() {
        return newestNanos;
    }

    /** When the recording was stopped, or null as long as it was not. */
    public @Nullable Long stoppedAt() {
        return builder.journal().stoppedAt();
    }

    /**
     * The timeline as it is known by now, up to the newest thing or the end.
     *
     * @param untilNanos before which nothing changes any more
     */
    public Timeline settle(long untilNanos) {
        order(untilNanos + ORDERED_AHEAD_NANOS);
        maps = clocks.settle(builder.streamClocks(scans), TimelineBuilder.LEAST_ROUND_TRIP_NANOS, untilNanos);
        return builder.timeline(maps, newestNanos);
    }

    /** The timeline of all that came, when nothing more will. */
    public Timeline finish() {
        order(Long.MAX_VALUE);
        maps = clocks.settle(builder.streamClocks(scans), TimelineBuilder.LEAST_ROUND_TRIP_NANOS, newestNanos);
        return builder.timeline(maps);
    }

    /** Hands on, in order of sequence, what came by then and what it follows. */
    private void order(long byNanos) {
        waiting.forEach((id, stream) -> {
            StreamWalk walk = builder.walk(id.take);
            long last = Long.MIN_VALUE;
            for (TapeRecord record : stream.records.values()) {
                last = record.stampNanos() <= byNanos ? record.sequence() : last;
            }
            var due = stream.records.headMap(last, true);
            if (walk != null) {
                due.values().forEach(walk::take);
            }
            stream.handedOn = Math.max(stream.handedOn, last);
            due.clear();
            if (walk != null) {
                walk.scans().forEach(this::know);
            }
        });
    }

    private void know(StreamScan scan) {
        MediaId id = new MediaId(scan.take(), scan.stream(), scan.format());
        if (recent.putIfAbsent(id, scan.recent()) == null) {
            scans.add(scan);
        }
    }

    /** What is kept of a clip's media. */
    public RecentMedia recent(Clip clip) {
        RecentMedia media = recent.get(new MediaId(clip.take(), clip.stream(), clip.format()));
        if (media == null) {
            throw new IllegalArgumentException("No clip of this timeline: " + clip.take() + "/" + clip.stream());
        }
        return media;
    }

    /** Lets go of the pictures that nobody needs who begins at this time or later. */
    public void forgetPicturesBefore(long nanos) {
        for (int i = 0; i < maps.size(); i++) {
            scans.get(i).recent().forgetPicturesBefore(nanos, maps.get(i));
        }
    }
}
