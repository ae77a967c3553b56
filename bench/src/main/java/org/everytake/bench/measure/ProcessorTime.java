package org.everytake.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor time that was used so far, in seconds. */
public final class ProcessorTime {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, whatever the kernel's own
    /** {@code cutime} of proc_pid_stat(5), counted from behind the program's name; {@code cstime} follows. */
    private static final int CHILDREN_USER = 13;

    private ProcessorTime() {}

    /** Of this process, its compilers and collector included. */
    public static double ofThisProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : 0;
    }

    /** Of all children that have ended, and of theirs. */
    public static double ofEndedChildren() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        // The name of the program, in brackets, may hold spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_USER + 1])) / TICKS_PER_SECOND;
    }
}
