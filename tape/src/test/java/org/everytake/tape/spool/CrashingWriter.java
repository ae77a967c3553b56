package org.everytake.tape.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.everytake.tape.Event;
import org.everytake.tape.Fixtures;
import org.everytake.tape.TapeFault;

/**
 * A program that records four takes until it is killed. Says on its standard output what it has appended and what is
 * committed. Recovers first, and goes on with what it finds. Its stamps are the machine's monotonic time less that which
 * it is given as the recording's zero, so that stamps of one process can be compared with those of the next.
 */
final class CrashingWriter {
    static final int TAKES = 4;

    /** Shorter than the product's: a build may share its disk with others, and the benchmarks hold the real one. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final long BETWEEN_PACKETS_NANOS = 2_000_000;

    private CrashingWriter() {}

    static SpoolOptions options() {
        return new SpoolOptions(TICK, Duration.ofSeconds(10), 100_000, 16 << 20, 0);
    }

    /** @param args folder of the spool, and the recording's zero */
    public static void main(String[] args) throws Exception {
        long zero = Long.parseLong(args[1]);
        SpoolListener tell = new SpoolListener() {
            @Override
            public void committed(String recording, int take, long position) {
                say("committed " + take + " " + position);
            }

            @Override
            public void sealed(String recording, SealedSegment segment) {}

            @Override
            public void faulted(String recording, TapeFault fault) {
                say("fault " + fault);
            }

            @Override
            public void recovered(String recording) {}
        };
        try (Spool spool = Spool.open(Path.of(args[0]), options(), tell)) {
            List<RecoveredRecording> found = spool.recover(recording -> Fixtures.KEY);
            Tape tape = found.isEmpty()
                    ? spool.create(Fixtures.KEY, Fixtures.started(Fixtures.RECORDING))
                    : spool.resume(Fixtures.KEY, found.getFirst());
            List<Take> takes = new ArrayList<>();
            for (int i = 0; i < TAKES; i++) {
                takes.add(tape.open(System.nanoTime() - zero, Fixtures.description(tape.nextTake())));
            }
            say("takes " + takes.getFirst().number() + " " + (System.nanoTime() - zero));
            for (long sequence = 0; ; sequence++) {
                long stamp = System.nanoTime() - zero;
                for (Take take : takes) {
                    append(take, sequence, stamp);
                }
                say("appended " + sequence + " " + stamp);
                if (sequence % 50 == 0) {
                    tape.record(stamp, new Event.PersonJoined("p" + sequence, "P"));
                }
                LockSupport.parkNanos(BETWEEN_PACKETS_NANOS);
            }
        }
    }

    private static void append(Take take, long sequence, long stamp) {
        byte[] packet = Fixtures.packet(take.number(), 0, sequence);
        while (take.append(0, sequence, stamp, packet, 0, packet.length) < 0) {
            LockSupport.parkNanos(1_000_000); // the disk is slower than this loop; a call would lose the packet
        }
    }

    /** Of one thread and the other. */
    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
