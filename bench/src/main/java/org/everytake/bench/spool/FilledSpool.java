package org.everytake.bench.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;

/** Fills a spool with recordings that ended, and with some that a kill left open. */
final class FilledSpool {
    private static final int PACKET_BYTES = 1125;
    /** As the product's, but committed as fast as the disk goes; a segment is sealed by its size alone. */
    private static final SpoolOptions FAST =
            new SpoolOptions(Duration.ofMillis(5), Duration.ofHours(1), 8 << 20, 64L << 20, 0);

    private final Path folder;
    private final byte[] packet = new byte[PACKET_BYTES];

    FilledSpool(Path folder) {
        this.folder = folder;
        new Random(1).nextBytes(packet);
    }

    /** @param bytes of each recording */
    void addEnded(int recordings, long bytes) throws IOException, TapeFault, InterruptedException {
        try (Spool spool = Spool.open(folder, FAST, SpoolListener.NONE)) {
            for (int i = 0; i < recordings; i++) {
                write(spool, Subjects.id("ended", i), bytes).finish(1, "").get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("The spool could not be filled", failed);
        }
    }

    /**
     * What a kill leaves is a copy of what lies there while it is written.
     *
     * @param bytes of each recording, most of it sealed already
     */
    void addOpen(int recordings, long bytes, Path elsewhere) throws IOException, TapeFault {
        try (Spool spool = Spool.open(elsewhere, FAST, SpoolListener.NONE)) {
            for (int i = 0; i < recordings; i++) {
                String id = Subjects.id("open", i);
                Tape unused = write(spool, id, bytes);
                Path home = Files.createDirectories(folder.resolve(id));
                for (Path file : segments(elsewhere.resolve(id))) {
                    Path target = home.resolve(String.valueOf(file.getFileName()));
                    if (file.toString().endsWith(".open")) {
                        Files.copy(file, target);
                    } else {
                        Files.createLink(target, file);
                    }
                }
            }
        }
    }

    /** Returns when all of it is durable. */
    private Tape write(Spool spool, String id, long bytes) throws TapeFault {
        Tape tape = spool.create(Subjects.KEY, Subjects.started(id));
        Take take = tape.open(0, Subjects.camera(tape));
        long records = Math.max(1, bytes / PACKET_BYTES);
        append(take, 0, records);
        // One more, because what was committed may have filled a segment, which is sealed just then.
        append(take, records, records + 1);
        return tape;
    }

    private void append(Take take, long from, long to) {
        for (long sequence = from; sequence < to; ) {
            if (take.append(0, sequence, sequence, packet, 0, packet.length) == Take.DROPPED) {
                LockSupport.parkNanos(1_000_000); // until the disk has taken something
            } else {
                sequence++;
            }
        }
        while (take.committed() < to) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<Path> segments(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.toList();
        }
    }

    /** Bytes of all that lies there. */
    long bytes() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.filter(Files::isRegularFile).toList();
        }
        long bytes = 0;
        for (Path file : all) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
