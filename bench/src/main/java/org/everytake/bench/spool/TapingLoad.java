package org.everytake.bench.spool;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;

/**
 * A hundred takes of 450 kbit/s each in ten recordings, appended to by one thread, as the loop of a call does. Owned by the
 * thread that makes it.
 */
final class TapingLoad implements AutoCloseable {
    static final int TAKES = 100;
    static final int ROOMS = 10;
    private static final int PACKETS_PER_SECOND = 50;
    /** 450 kbit/s. */
    private static final int PACKET_BYTES = 1125;

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1) / PACKETS_PER_SECOND;

    private final Spool spool;
    private final long startNanos = System.nanoTime();
    private final List<Tape> tapes = new ArrayList<>();
    private final List<Take> takes = new ArrayList<>();
    private final byte[] packet = new byte[PACKET_BYTES];
    private long sequence;

    private TapingLoad(Spool spool) {
        this.spool = spool;
        new Random(1).nextBytes(packet);
    }

    static TapingLoad open(Path folder, SpoolListener listener) throws TapeFault {
        TapingLoad load = new TapingLoad(Spool.open(folder, SpoolOptions.standard(), listener));
        try {
            for (int room = 0; room < ROOMS; room++) {
                Tape tape = load.spool.create(Subjects.KEY, Subjects.started(Subjects.id("room", room)));
                load.tapes.add(tape);
                for (int take = 0; take < TAKES / ROOMS; take++) {
                    load.takes.add(tape.open(0, Subjects.camera(tape)));
                }
            }
            return load;
        } catch (TapeFault fault) {
            load.close();
            throw fault;
        }
    }

    static long bytesPerSecond() {
        return (long) TAKES * PACKETS_PER_SECOND * PACKET_BYTES;
    }

    List<Tape> tapes() {
        return tapes;
    }

    /** Goes on for so many seconds. */
    void run(double seconds) {
        long untilNanos = System.nanoTime() + (long) (seconds * 1e9);
        for (long next = System.nanoTime(); next < untilNanos; next += PERIOD_NANOS) {
            append();
            await(next + PERIOD_NANOS);
        }
    }

    /** One packet of each take. */
    void append() {
        long stamp = System.nanoTime() - startNanos;
        for (Take take : takes) {
            if (take.append(0, sequence, stamp, packet, 0, packet.length) == Take.DROPPED) {
                throw new IllegalStateException("the disk is too slow for " + TAKES + " takes: packets were dropped");
            }
        }
        sequence++;
    }

    static void await(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Processor time so far of the tape thread and of the thread that calls, in nanoseconds. */
    long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Thread tapeThread = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tape"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no tape thread"));
        return threads.getThreadCpuTime(tapeThread.threadId()) + threads.getCurrentThreadCpuTime();
    }

    @Override
    public void close() {
        spool.close();
    }
}
