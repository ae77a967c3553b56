package org.everytake.bench.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.everytake.bench.server.ThrowAwayFolder;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.vault.DataKey;
import org.everytake.vault.KeyFault;
import org.everytake.vault.KeyKind;
import org.everytake.vault.Keys;

/** The spool of a server that was killed: how long its recovery takes, and whether anything in it changes. */
final class SpoolCopy {

    private SpoolCopy() {}

    /**
     * Recovers a copy of the spool, so that the server finds its own as the kill left it.
     *
     * @return how long that took, in seconds
     */
    static double recoverySeconds(Path data) throws IOException {
        try (ThrowAwayFolder copy = ThrowAwayFolder.create("everytake-spool")) {
            copy(data.resolve("spool"), copy.path());
            Keys keys = Keys.open(data.resolve("keys"), data.resolve("master.key"), new SecureRandom());
            try (Spool spool = Spool.open(copy.path(), SpoolOptions.standard(), SpoolListener.NONE)) {
                long from = System.nanoTime();
                var unused = spool.recover(recording -> key(keys, recording));
                return (System.nanoTime() - from) / 1e9;
            }
        } catch (KeyFault | TapeFault fault) {
            throw new IOException(fault.getMessage(), fault);
        }
    }

    private static TapeKey key(Keys keys, String recording) {
        try {
            DataKey key = keys.find(recording, KeyKind.TAPE);
            if (key == null) {
                throw new IOException("There is no key of the tape of " + recording);
            }
            return TapeKey.of(key.secret());
        } catch (KeyFault fault) {
            throw new UncheckedIOException(new IOException(fault.getMessage(), fault));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What is sealed is never changed again, so a second name of it will do. */
    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            if (file.toString().endsWith(".tape")) {
                Files.createLink(target, file);
            } else {
                Files.copy(file, target);
            }
        }
    }

    /** Every segment by its place, with its size and when it was last written to. */
    static Map<String, String> picture(Path data) throws IOException {
        Path spool = data.resolve("spool");
        Map<String, String> picture = new TreeMap<>();
        for (Path file : files(spool)) {
            picture.put(
                    spool.relativize(file).toString(), Files.size(file) + " bytes, " + Files.getLastModifiedTime(file));
        }
        return picture;
    }

    /** Those of recordings; the spool's lock is none. */
    private static List<Path> files(Path spool) throws IOException {
        try (Stream<Path> files = Files.walk(spool)) {
            return files.filter(file -> Files.isRegularFile(file) && !spool.equals(file.getParent()))
                    .toList();
        }
    }
}
