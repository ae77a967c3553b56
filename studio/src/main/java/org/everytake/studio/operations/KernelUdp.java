package org.everytake.studio.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What Linux counts of UDP, in {@code /proc/net}: what each socket dropped because nobody took it in time, and the same
 * for the whole machine.
 *
 * @param folder {@code /proc/net}
 */
record KernelUdp(Path folder) {
    private static final int PORT_COLUMN = 1;

    static KernelUdp ofThisMachine() {
        return new KernelUdp(Path.of("/proc/net"));
    }

    /** Datagrams that all sockets on those ports dropped; empty where the kernel does not say. */
    Optional<Long> dropped(List<Integer> ports) {
        List<String> wanted =
                ports.stream().map(port -> String.format(":%04X", port)).toList();
        Optional<Long> sum = Optional.empty();
        for (String file : List.of("udp", "udp6")) {
            for (String line : lines(file)) {
                String[] words = line.strip().split("\\s+");
                if (words.length > 2 && wanted.stream().anyMatch(words[PORT_COLUMN]::endsWith)) {
                    sum = Optional.of(sum.orElse(0L) + number(words[words.length - 1]));
                }
            }
        }
        return sum;
    }

    /** Datagrams that any socket of this machine dropped for want of room, by IPv4 and IPv6; empty if it is not said. */
    Optional<Long> bufferErrors() {
        Optional<Long> four = ofSnmp();
        Optional<Long> six = lines("snmp6").stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 2 && words[0].equals("Udp6RcvbufErrors"))
                .map(words -> number(words[1]))
                .findFirst();
        return four.isEmpty() && six.isEmpty() ? Optional.empty() : Optional.of(four.orElse(0L) + six.orElse(0L));
    }

    /** The file has a line of names and below it a line of figures. */
    private Optional<Long> ofSnmp() {
        String[] names = null;
        for (String line : lines("snmp")) {
            if (!line.startsWith("Udp:")) {
                continue;
            }
            String[] words = line.split("\\s+");
            if (names == null) {
                names = words;
                continue;
            }
            int column = List.of(names).indexOf("RcvbufErrors");
            return column > 0 && column < words.length ? Optional.of(number(words[column])) : Optional.empty();
        }
        return Optional.empty();
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(folder.resolve(file));
        } catch (IOException e) {
            // Another system than Linux, or a sandbox: then it is not known.
            return List.of();
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
