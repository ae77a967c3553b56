package org.everytake.bench.spool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;

/**
 * How long ticks take, seen from outside: to a take of its own in each recording a record is appended each millisecond, so the
 * newest that a commit makes durable tells, to a millisecond, when that commit began. One thread appends; commits are
 * heard on the tape thread.
 */
final class TickMeter implements SpoolListener {
    /** The recordings of one tick follow each other at once; between ticks there is a pause. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A commit of one recording. */
    private record Commit(long beganNanos, long endedNanos) {}

    /** A take whose records' times are kept. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Probe(Take take, long[] appendedNanos) {}

    private final Map<String, Probe> probes = new ConcurrentHashMap<>();
    private final Queue<Commit> commits = new ConcurrentLinkedQueue<>();
    private int appended;

    /** @param mostRecords how many will be appended at most */
    void watch(List<Tape> tapes, int mostRecords) {
        for (Tape tape : tapes) {
            Take take = tape.open(0, Subjects.camera(tape));
            probes.put(tape.recording(), new Probe(take, new long[mostRecords]));
        }
    }

    /** One record to each. */
    void append() {
        byte[] nothing = {};
        for (Probe probe : probes.values()) {
            probe.appendedNanos[appended] = System.nanoTime(); // before it is published with the record
            if (probe.take.append(0, appended, 0, nothing, 0, 0) == Take.DROPPED) {
                throw new IllegalStateException("the disk is too slow: records were dropped");
            }
        }
        appended++;
    }

    /** What each tick took, in milliseconds, but the first few. */
    double[] tickMillis(int skipped) {
        List<Commit> sorted = new ArrayList<>(commits);
        sorted.sort(Comparator.comparingLong(Commit::beganNanos));
        List<Double> ticks = new ArrayList<>();
        long began = Long.MIN_VALUE;
        long ended = Long.MIN_VALUE;
        for (Commit commit : sorted) {
            if (began != Long.MIN_VALUE && commit.beganNanos - ended > PAUSE_NANOS) {
                ticks.add((ended - began) / 1e6);
                began = commit.beganNanos;
            } else if (began == Long.MIN_VALUE) {
                began = commit.beganNanos;
            }
            ended = Math.max(ended, commit.endedNanos);
        }
        return ticks.stream().skip(skipped).mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public void committed(String recording, int take, long position) {
        Probe probe = probes.get(recording);
        if (probe != null && probe.take.number() == take) {
            commits.add(new Commit(probe.appendedNanos[(int) position - 1], System.nanoTime()));
        }
    }

    @Override
    public void sealed(String recording, SealedSegment segment) {}

    @Override
    public void faulted(String recording, TapeFault fault) {
        throw new IllegalStateException(fault.getMessage(), fault);
    }

    @Override
    public void recovered(String recording) {}
}
