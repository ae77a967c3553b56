package org.everytake.studio.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.FullDisk;

/** The files of the embedded database: made once, with a random password that lies beside them. */
final class PostgresCluster {
    static final String USER = "everytake";
    private static final String PASSWORD = "password";

    private final Path parent;
    private final PostgresPrograms programs;
    private final Unprivileged unprivileged;

    PostgresCluster(Path parent, PostgresPrograms programs, Unprivileged unprivileged) {
        this.parent = parent;
        this.programs = programs;
        this.unprivileged = unprivileged;
    }

    /** Written by PostgreSQL while it runs: its process, its port, how far it is. */
    static Path postmasterFile(Path parent) {
        return folder(parent).resolve("postmaster.pid");
    }

    static String password(Path parent) throws IOException {
        return Files.readString(parent.resolve(PASSWORD)).strip();
    }

    private static Path folder(Path parent) {
        return parent.resolve("cluster-" + PostgresPrograms.MAJOR);
    }

    Path folder() {
        return folder(parent);
    }

    Path log() {
        return parent.resolve("log");
    }

    Path postmasterFile() {
        return postmasterFile(parent);
    }

    String password() throws IOException {
        return password(parent);
    }

    /** Makes the files if they are not there. Cut short, it begins anew the next time. */
    void make(SecureRandom random) throws IOException, CannotStart {
        if (Files.isDirectory(folder())) {
            if (!unprivileged.owns(folder())) {
                unprivileged.own(parent);
            }
            return;
        }
        if (!Files.exists(passwordFile())) {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            writePrivately(
                    passwordFile(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        }
        Path beside = parent.resolve("cluster.new");
        deleteTree(beside);
        unprivileged.own(parent);
        List<String> command = new ArrayList<>(unprivileged.prefix());
        command.addAll(List.of(
                programs.initdb().toString(),
                "--pgdata=" + beside,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile(),
                // Iterations make a password that was thought of hard to guess; of 256 random bits they make slow
                // logins.
                "--set=scram_iterations=1",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C"));
        Process initdb = new ProcessBuilder(command).redirectErrorStream(true).start();
        initdb.getOutputStream().close();
        String said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (initdb.waitFor() != 0) {
                if (FullDisk.isWhy(said)) {
                    throw FullDisk.cannotStart(parent, new IOException(said));
                }
                throw new CannotStart("The database in " + parent + " cannot be made: "
                        + said.strip().lines().reduce((first, last) -> last).orElse("initdb failed") + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the database was made", e);
        }
        Files.move(beside, folder());
    }

    private Path passwordFile() {
        return parent.resolve(PASSWORD);
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(beside, text + "\n");
        Files.move(beside, file);
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
