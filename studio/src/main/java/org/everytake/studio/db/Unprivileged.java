package org.everytake.studio.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.everytake.studio.config.CannotStart;

/**
 * How PostgreSQL, which refuses to be root, is run: as it is for an ordinary user; for root in a user namespace of its
 * own, where it owns its files but is nobody in particular; and where the machine allows no such namespace, as the
 * user {@code nobody}, who then is given the files.
 *
 * @param prefix what comes before the command
 * @param owner the number of the user that must own the files
 */
record Unprivileged(List<String> prefix, int owner) {
    private static final int NOBODY = 65_534;

    static Unprivileged find() throws CannotStart {
        int user = uid(Path.of("/proc/self"));
        if (user != 0) {
            return new Unprivileged(List.of(), user);
        }
        if (works("unshare", "-U", "true")) {
            return new Unprivileged(List.of("unshare", "-U"), 0);
        }
        String nobody = String.valueOf(NOBODY);
        if (works("setpriv", "--reuid", nobody, "--regid", nobody, "--clear-groups", "true")) {
            return new Unprivileged(List.of("setpriv", "--reuid", nobody, "--regid", nobody, "--clear-groups"), NOBODY);
        }
        throw new CannotStart("PostgreSQL cannot run as root, and this machine has neither unshare nor setpriv;"
                + " install util-linux, or start as an ordinary user.");
    }

    boolean owns(Path path) {
        return uid(path) == owner;
    }

    /** Gives a folder and all that is in it to the user that PostgreSQL runs as. */
    void own(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList().reversed()) {
                Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** The numeric owner of a file. */
    private static int uid(Path path) {
        try {
            return (Integer) Files.getAttribute(path, "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
