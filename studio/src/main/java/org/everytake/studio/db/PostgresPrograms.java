package org.everytake.studio.db;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.FullDisk;

/** PostgreSQL's own programs, unpacked once per version from the archive on the class path. */
record PostgresPrograms(Path folder) {
    /** The major version that a cluster's folder is named by: another one cannot read it. */
    static final int MAJOR = 18;

    Path initdb() {
        return folder.resolve("bin/initdb");
    }

    Path postgres() {
        return folder.resolve("bin/postgres");
    }

    /** @param parent the folder in which the folder of programs lies, or is made */
    static PostgresPrograms in(Path parent) throws CannotStart {
        String archive = "/postgres-linux-" + architecture() + ".txz";
        URL resource = PostgresPrograms.class.getResource(archive);
        if (resource == null) {
            throw new CannotStart("This build has no PostgreSQL for this machine (" + System.getProperty("os.arch")
                    + "); name one of your own with --database-url.");
        }
        try {
            // The archive's size stands for its version: another version has another size.
            long size = resource.openConnection().getContentLengthLong();
            Path folder = parent.resolve("programs-" + MAJOR + "-" + size);
            if (!Files.isDirectory(folder)) {
                Path beside = parent.resolve(folder.getFileName() + ".new");
                deleteTree(beside);
                try (InputStream packed = resource.openStream()) {
                    TarXz.unpack(packed, beside);
                }
                Files.move(beside, folder);
            }
            return new PostgresPrograms(folder);
        } catch (IOException e) {
            if (FullDisk.isWhy(e)) {
                throw FullDisk.cannotStart(parent, e);
            }
            throw new CannotStart("PostgreSQL cannot be unpacked into " + parent + ": " + e.getMessage() + ".", e);
        }
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> name;
        };
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
