package org.everytake.bench.call;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where the servers run, seen from the load generator: on loopback, or in a network namespace of the run's own, which a
 * pair of virtual cables joins to the one that we are in. Janus needs the latter, because it leaves out loopback.
 *
 * @param namespace its name; empty on loopback
 * @param server the address on which servers listen
 * @param local the address from which the load comes
 */
record Place(String namespace, String server, String local) implements AutoCloseable {
    /** RFC 2544 keeps 198.18.0.0/15 for measurements. */
    private static final String SERVER = "198.18.77.2";

    private static final String LOCAL = "198.18.77.1";
    private static final String INNER_CABLE = "everytake0";

    static Place onLoopback() {
        return new Place("", "127.0.0.1", "127.0.0.1");
    }

    /**
     * A namespace, which is removed when this is closed, or the program ends.
     *
     * @throws IOException if this machine has no namespaces for us, with the reason
     */
    static Place inNamespace() throws IOException, InterruptedException {
        Place place = new Place("everytake-bench-" + ProcessHandle.current().pid(), SERVER, LOCAL);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(place::close));
        try {
            ip("netns", "add", place.namespace);
            ip("link", "add", cable(), "type", "veth", "peer", "name", INNER_CABLE, "netns", place.namespace);
            ip("addr", "add", LOCAL + "/30", "dev", cable());
            ip("link", "set", cable(), "up");
            ip("-n", place.namespace, "addr", "add", SERVER + "/30", "dev", INNER_CABLE);
            ip("-n", place.namespace, "link", "set", INNER_CABLE, "up");
            ip("-n", place.namespace, "link", "set", "lo", "up");
            return place;
        } catch (IOException failed) {
            place.close();
            throw failed;
        }
    }

    /** Our end. The kernel takes 15 characters. */
    private static String cable() {
        return "everytake" + ProcessHandle.current().pid() % 1_000_000;
    }

    boolean isNamespace() {
        return !namespace.isEmpty();
    }

    /** What starts a command there. */
    List<String> launcher() {
        return isNamespace() ? List.of("ip", "netns", "exec", namespace) : List.of();
    }

    /** A second call finds nothing more to remove. */
    @Override
    public void close() {
        if (isNamespace()) {
            try {
                ip("netns", "del", namespace);
            } catch (IOException gone) {
                // It was removed before, or never made.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            try {
                ip("link", "del", cable());
            } catch (IOException gone) {
                // The kernel takes it away with the namespace, unless a process still lives there.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }
}
