package org.everytake.tape.spool;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.everytake.tape.Event;
import org.everytake.tape.Fixtures;
import org.everytake.tape.TapeFault;

/**
 * A program that records until it is killed. Says on its standard output what is committed: lines of recording, take,
 * position. Recovers first, and goes on with what it finds.
 */
final class CrashingWriter {
    private CrashingWriter() {}

    public static void main(String[] args) throws Exception {
        SpoolListener tell = new SpoolListener() {
            @Override
            public void committed(String recording, int take, long position) {
                System.out.println("committed " + take + " " + position);
                System.out.flush();
            }

            @Override
            public void sealed(String recording, SealedSegment segment) {}

            @Override
            public void faulted(String recording, TapeFault fault) {
                System.out.println("fault " + fault);
            }

            @Override
            public void recovered(String recording) {}
        };
        try (Spool spool = Spool.open(Path.of(args[0]), Heard.smallSegments(), tell)) {
            List<RecoveredRecording> found = spool.recover(recording -> Fixtures.KEY);
            Tape tape = found.isEmpty()
                    ? spool.create(Fixtures.KEY, Fixtures.started(Fixtures.RECORDING))
                    : spool.resume(Fixtures.KEY, found.getFirst());
            long zero = found.isEmpty() ? 0 : found.getFirst().lastStampNanos();
            Take take = tape.open(zero, Fixtures.description(tape.nextTake()));
            for (long sequence = 0; ; sequence++) {
                byte[] packet = Fixtures.packet(take.number(), 0, sequence);
                while (take.append(0, sequence, zero + sequence, packet, 0, packet.length) < 0) {
                    LockSupport.parkNanos(1_000_000); // the disk is slower than this loop; a call would lose the packet
                }
                if (sequence % 50 == 0) {
                    tape.record(zero + sequence, new Event.PersonJoined("p" + sequence, "P"));
                    // about as many packets a second as a room has
                    LockSupport.parkNanos(2_000_000);
                }
            }
        }
    }
}
