package org.everytake.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own for a program and what it starts: no way out, and an address besides that of the loopback
 * interface, which is the least with which Firefox connects. It is gone with the last of its programs.
 */
final class Namespace {
    /** Of a block that is for tests of networks (RFC 2544). */
    static final String ADDRESS = "198.18.0.1";

    /** Chromium takes no address of the loopback interface besides its own, so there is a cable with two ends. */
    private static final String SET_UP = String.join(
            " && ",
            "ip link set lo up",
            "ip link add everytake0 type veth peer name everytake1",
            "ip address add " + ADDRESS + "/24 dev everytake0",
            "ip link set everytake0 up",
            "ip link set everytake1 up",
            "ip route add default via 198.18.0.2",
            "exec \"$@\"");

    private Namespace() {}

    /** Why there can be none on this machine; empty if there can. */
    static Optional<String> refused() throws IOException, InterruptedException {
        try {
            Process process = start(List.of("true"));
            String said = new String(process.getInputStream().readAllBytes());
            return process.waitFor() == 0 ? Optional.empty() : Optional.of("no network namespace: " + said.strip());
        } catch (IOException missing) {
            return Optional.of("no network namespace: " + missing.getMessage());
        }
    }

    /**
     * Runs the main method of a class of ours.
     *
     * @return what it printed
     * @throws AssertionError with that, if it fails
     */
    static String run(Class<?> program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        for (String property : List.of("everytake.script", "everytake.path")) {
            if (System.getProperty(property) != null) {
                command.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Process process = start(command);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        String said = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(said);
        }
        return said;
    }

    private static Process start(List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("unshare", "--map-root-user", "--net", "sh", "-c", SET_UP, "sh"));
        if (System.getProperty("user.name").equals("root")) {
            whole.remove("--map-root-user");
        }
        whole.addAll(command);
        return new ProcessBuilder(whole).redirectErrorStream(true).start();
    }
}
