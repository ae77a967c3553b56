package org.everytake.bench.call;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Linux says of a process.
 *
 * @param pid of the server under load
 */
record ProcessMeter(long pid) {
    /** Of {@code /proc/PID/stat}, behind the name in brackets. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    /** {@code getconf CLK_TCK}: 100 on every Linux there is. */
    private static final double TICKS_PER_SECOND = 100;

    /** Its own processor seconds, in user and system mode, without its children's. */
    double processorSeconds() throws IOException {
        return processorSeconds(pid);
    }

    /** Those of all processes below it that live. */
    double childrensProcessorSeconds() {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToDouble(child -> {
                    try {
                        return processorSeconds(child.pid());
                    } catch (IOException ended) {
                        return 0;
                    }
                })
                .sum();
    }

    private static double processorSeconds(long process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(words[USER_TICKS]) + Long.parseLong(words[SYSTEM_TICKS])) / TICKS_PER_SECOND;
    }

    double residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(file("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.split("\\s+")[1]) / 1024.0;
            }
        }
        throw new IOException("The kernel says nothing of the memory of process " + pid);
    }

    /** Datagrams that the sockets of its network namespace dropped for want of room, since the namespace is there. */
    long receiveBufferErrors() throws IOException {
        List<String> udp = Files.readAllLines(file("net/snmp")).stream()
                .filter(line -> line.startsWith("Udp:"))
                .toList();
        int column = List.of(udp.getFirst().split("\\s+")).indexOf("RcvbufErrors");
        return Long.parseLong(udp.getLast().split("\\s+")[column]);
    }

    private Path file(String name) {
        return Path.of("/proc/" + pid + "/" + name);
    }
}
