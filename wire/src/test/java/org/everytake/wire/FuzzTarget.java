package org.everytake.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Jazzer runs in {@code ./everytake fuzz}: one {@link Fuzzed} a process, named as its enum, a colon, and its constant.
 * What fails is written to a file by Jazzer; make it a named case of the reader's own test.
 */
public final class FuzzTarget {
    private static Fuzzed fuzzed = FuzzedParser.RTP;

    private FuzzTarget() {}

    /**
     * Called by Jazzer once. What must be loaded is, before time is taken; the garbage is collected so that the log of it
     * tells the heap before and after.
     */
    public static void fuzzerInitialize(String[] arguments) {
        fuzzed = named(arguments[0]);
        fuzzed.takes(new byte[0]);
        System.gc();
    }

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        fuzzed.takes(input);
    }

    /** Called by Jazzer at the end. */
    public static void fuzzerTearDown() {
        System.gc();
    }

    /**
     * Writes the seeds of all readers, each into a folder of its name, and says the readers' names, one a line.
     *
     * @param arguments the folder, then enums of readers
     */
    public static void main(String[] arguments) throws IOException {
        for (String group : List.of(arguments).subList(1, arguments.length)) {
            for (Fuzzed each : constants(group)) {
                Path folder = Files.createDirectories(Path.of(arguments[0], each.name(), "corpus"));
                List<byte[]> seeds = each.seeds();
                for (int i = 0; i < seeds.size(); i++) {
                    Files.write(folder.resolve("seed-" + i), seeds.get(i));
                }
                System.out.println(group + ":" + each.name());
            }
        }
        System.exit(0); // the seeds of DTLS come from handshakes, whose threads wait for more
    }

    private static Fuzzed named(String name) {
        int colon = name.indexOf(':');
        for (Fuzzed each : constants(name.substring(0, colon))) {
            if (each.name().equals(name.substring(colon + 1))) {
                return each;
            }
        }
        throw new IllegalArgumentException("nothing is named " + name);
    }

    private static List<Fuzzed> constants(String group) {
        try {
            return List.of(Class.forName(group).asSubclass(Fuzzed.class).getEnumConstants());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("no readers " + group, e);
        }
    }
}
