package org.everytake.call.room;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.Sink;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.wire.rtp.RtpPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sinks of a room. What one of them throws is logged and counted, and disturbs nobody. Owned by the loop. */
final class Sinks {
    private static final Logger log = LoggerFactory.getLogger(Sinks.class);

    private final CallCounters counters;
    private List<Sink> sinks = List.of();

    Sinks(CallCounters counters) {
        this.counters = counters;
    }

    boolean isEmpty() {
        return sinks.isEmpty();
    }

    /** False if it is there already. */
    boolean add(Sink sink) {
        if (sinks.contains(sink)) {
            return false;
        }
        var more = new ArrayList<>(sinks);
        more.add(sink);
        sinks = List.copyOf(more);
        return true;
    }

    void remove(Sink sink) {
        var fewer = new ArrayList<>(sinks);
        fewer.remove(sink);
        sinks = List.copyOf(fewer);
    }

    void each(Consumer<Sink> call) {
        for (Sink sink : sinks) {
            one(sink, call);
        }
    }

    void one(Sink sink, Consumer<Sink> call) {
        try {
            call.accept(sink);
        } catch (RuntimeException e) {
            fault(e);
        }
    }

    /** The hot path: nothing is allocated. */
    void packet(Track track, Stream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
        List<Sink> all = sinks;
        for (int i = 0; i < all.size(); i++) {
            try {
                all.get(i).packet(track, stream, packet, extendedSequence, arrivalNanos);
            } catch (RuntimeException e) {
                fault(e);
            }
        }
    }

    private void fault(RuntimeException e) {
        // A sink that fails at each packet must not fill the disk with logs.
        long faults = counters.get(Counter.SINK_FAULTS);
        counters.count(Counter.SINK_FAULTS);
        if (faults < 10 || faults % 1_000 == 0) {
            log.error("a sink failed; {} times so far", faults + 1, e);
        }
    }
}
