package org.everytake.bench.spool;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.everytake.tape.spool.SpoolOptions;

/** The bytes of {@link TapingLoad} and nothing else: a file for each recording, appended to and forced at each tick. */
final class PlainWriting {
    private PlainWriting() {}

    /** Goes on for so many seconds, on the thread that calls; the processor time of that, in nanoseconds. */
    static long processorNanos(Path folder, int seconds) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long tickNanos = SpoolOptions.standard().tick().toNanos();
        byte[] bytes =
                new byte[Math.toIntExact(TapingLoad.bytesPerSecond() * tickNanos / 1_000_000_000 / TapingLoad.ROOMS)];
        new Random(1).nextBytes(bytes);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        List<FileChannel> files = new ArrayList<>();
        try {
            for (int room = 0; room < TapingLoad.ROOMS; room++) {
                files.add(FileChannel.open(
                        folder.resolve("room-" + room), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            }
            long before = threads.getCurrentThreadCpuTime();
            long untilNanos = System.nanoTime() + seconds * 1_000_000_000L;
            for (long next = System.nanoTime(); next < untilNanos; next += tickNanos) {
                for (FileChannel file : files) {
                    buffer.rewind();
                    while (buffer.hasRemaining()) {
                        int unused = file.write(buffer);
                    }
                    file.force(false);
                }
                TapingLoad.await(next + tickNanos);
            }
            return threads.getCurrentThreadCpuTime() - before;
        } finally {
            for (FileChannel file : files) {
                file.close();
            }
        }
    }
}
