package org.everytake.studio.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.FullDisk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL, started by us on a folder, reachable on a loopback port by a random password.
 *
 * <p>It is a child that shuts down cleanly when we are killed: {@code setpriv --pdeathsig} has the kernel send it
 * SIGINT. That signal follows the <em>thread</em> that forked, so the thread {@code postgres} lives as long as we do;
 * it also starts PostgreSQL again should that die by itself. The child has a session of its own, else Ctrl-C at a
 * terminal would stop the database before those who still write to it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOG_LIMIT_BYTES = 10_000_000;

    private final PostgresCluster cluster;
    private final PostgresPrograms programs;
    private final Unprivileged unprivileged;
    private final int port;
    private final CompletableFuture<DatabaseAddress> answering = new CompletableFuture<>();
    private final Thread keeper;
    private volatile @Nullable Process process;
    private volatile boolean closing;

    /** Whether it has ended by itself and not answered since. Of its keeper. */
    private boolean away;

    private EmbeddedPostgres(PostgresCluster cluster, PostgresPrograms programs, Unprivileged unprivileged, int port) {
        this.cluster = cluster;
        this.programs = programs;
        this.unprivileged = unprivileged;
        this.port = port;
        this.keeper = Thread.ofPlatform().name("postgres").daemon().unstarted(this::keep);
    }

    /** Starts the database that lives in the folder, and makes it first if need be. Returns once it answers. */
    public static EmbeddedPostgres start(Path folder, SecureRandom random) throws CannotStart {
        try {
            Files.createDirectories(folder);
            Path root = folder.toRealPath();
            PostgresPrograms programs = PostgresPrograms.in(root);
            Unprivileged unprivileged = Unprivileged.find();
            var cluster = new PostgresCluster(root, programs, unprivileged);
            cluster.make(random);
            PostgresLeftovers.clear(cluster, PATIENCE);
            shortenLog(cluster.log());
            var postgres = new EmbeddedPostgres(cluster, programs, unprivileged, freePort());
            postgres.keeper.start();
            postgres.awaitAnswering();
            return postgres;
        } catch (IOException e) {
            throw new CannotStart("The database in " + folder + " cannot be started: " + e.getMessage() + ".", e);
        }
    }

    /** Where the database of a server that runs on this folder is; empty if none runs. */
    public static Optional<DatabaseAddress> running(Path folder) throws IOException {
        Path postmaster = PostgresCluster.postmasterFile(folder);
        if (!Files.exists(postmaster)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(postmaster);
        return lines.size() < 8
                ? Optional.empty()
                : Optional.of(address(lines.get(3).strip(), PostgresCluster.password(folder)));
    }

    private static DatabaseAddress address(String port, String password) {
        return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/postgres", PostgresCluster.USER, password);
    }

    public DatabaseAddress address() {
        return answering.join();
    }

    /** Stops the database cleanly, with what was committed on disk. */
    @Override
    public void close() {
        closing = true;
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            PostgresLeftovers.interrupt(running.pid());
            if (!running.waitFor(PATIENCE)) {
                log.warn("PostgreSQL did not stop within {} and is left to itself", PATIENCE);
            }
            keeper.join(Duration.ofSeconds(5));
        } catch (IOException e) {
            log.warn("PostgreSQL could not be asked to stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswering() throws CannotStart {
        try {
            answering.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new CannotStart("The start of the database was interrupted.", e);
        } catch (ExecutionException | TimeoutException e) {
            close();
            if (FullDisk.isAt(cluster.folder())) {
                throw FullDisk.cannotStart(cluster.folder(), e);
            }
            throw new CannotStart("The database does not start; its reasons are in " + cluster.log() + ".", e);
        }
    }

    /** Body of the thread {@code postgres}. */
    private void keep() {
        try {
            while (!closing && live()) {
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answering.completeExceptionally(e);
        }
    }

    /** Starts PostgreSQL, and waits for its end; false if it has never answered, so that there is no server to keep it for. */
    private boolean live() throws InterruptedException {
        String end;
        try {
            Process started = launch();
            process = started;
            if (awaitReady(started)) {
                answers();
            }
            end = "with status " + started.waitFor();
        } catch (IOException e) {
            end = "with " + e.getMessage();
        }
        if (answering.completeExceptionally(new IOException("postgres ended " + end))) {
            return false;
        }
        if (!closing && !away) {
            away = true;
            log.error(
                    "PostgreSQL ended by itself {}{}. It is started again each second until it stays; requests are refused"
                            + " meanwhile, and recordings that run go on",
                    end,
                    FullDisk.isAt(cluster.folder()) ? ", because its disk is full: make room on it" : "");
        }
        return true;
    }

    private void answers() throws IOException {
        if (away) {
            away = false;
            log.info("PostgreSQL answers again");
        }
        answering.complete(address(Integer.toString(port), cluster.password()));
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(unprivileged.prefix());
        // After whatever changes the user, because that clears the signal.
        command.addAll(List.of("setpriv", "--pdeathsig", "INT"));
        command.addAll(
                List.of(programs.postgres().toString(), "-D", cluster.folder().toString()));
        setting(command, "listen_addresses", "127.0.0.1");
        setting(command, "port", String.valueOf(port));
        setting(command, "unix_socket_directories", "");
        setting(command, "max_connections", "40");
        setting(command, "shared_buffers", "64MB");
        setting(command, "log_line_prefix", "%m ");
        return new ProcessBuilder(command)
                .directory(cluster.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(cluster.log().toFile()))
                .start();
    }

    private static void setting(List<String> command, String name, String value) {
        command.add("-c");
        command.add(name + "=" + value);
    }

    /** PostgreSQL writes its state into line 8 of its file of process ids. */
    private boolean awaitReady(Process started) throws IOException, InterruptedException {
        while (started.isAlive()) {
            if (Files.exists(cluster.postmasterFile())) {
                List<String> lines = Files.readAllLines(cluster.postmasterFile());
                boolean ours = !lines.isEmpty() && lines.getFirst().strip().equals(String.valueOf(started.pid()));
                if (ours && lines.size() >= 8 && lines.get(7).strip().equals("ready")) {
                    return true;
                }
            }
            if (started.waitFor(10, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static void shortenLog(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > LOG_LIMIT_BYTES) {
            Files.move(file, file.resolveSibling("log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
