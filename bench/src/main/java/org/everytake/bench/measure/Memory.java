package org.everytake.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks at the memory of this process and of its children each second until it is closed, and keeps the largest. What is
 * needed of the heap is what a collection leaves, so it collects each time.
 */
public final class Memory implements AutoCloseable {
    private static final double MEGABYTE = 1 << 20;
    private static final double KILOBYTES = 1024;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("memory").factory());
    private volatile double heap;
    private volatile double resident;
    private volatile double children;

    private Memory() {}

    public static Memory watch() {
        Memory memory = new Memory();
        var unused = memory.clock.scheduleWithFixedDelay(memory::look, 0, 1, TimeUnit.SECONDS);
        return memory;
    }

    private void look() {
        heap = Math.max(heap, heapMegabytes());
        resident = Math.max(resident, residentMegabytes(ProcessHandle.current()));
        children = Math.max(children, megabytesOfChildren(ProcessHandle.current()));
    }

    /** The most that was in use after a collection. */
    public double mostHeap() {
        return heap;
    }

    /** The most that this process had, in megabytes. */
    public double mostResident() {
        return resident;
    }

    /** The most that all its children together had, in megabytes. */
    public double mostOfChildren() {
        return children;
    }

    /** In use after a collection. */
    public static double heapMegabytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
    }

    /** What this process has now. */
    public static double residentMegabytes() {
        return residentMegabytes(ProcessHandle.current());
    }

    /**
     * What all that a process has started have now; pages that several share are counted for each. One that has only just been
     * started still has all its parent's pages for its own, until it becomes another program, and is not counted.
     */
    public static double megabytesOfChildren(ProcessHandle parent) {
        Optional<String> program = parent.info().command();
        try (Stream<ProcessHandle> all = parent.descendants()) {
            return all.filter(child -> !child.info().command().equals(program))
                    .mapToDouble(Memory::residentMegabytes)
                    .sum();
        }
    }

    /** What a process has now; 0 if it has ended. */
    public static double residentMegabytes(ProcessHandle process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.split("\\s+")[1]) / KILOBYTES;
                }
            }
        } catch (IOException ended) {
            // a child that has nothing any more
        }
        return 0;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
