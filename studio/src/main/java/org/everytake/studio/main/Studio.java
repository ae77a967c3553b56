package org.everytake.studio.main;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.everytake.call.CallOptions;
import org.everytake.call.CallPorts;
import org.everytake.call.CallServer;
import org.everytake.call.PublicAddress;
import org.everytake.render.RenderFault;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.raw.RawFormat;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.config.Settings;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.DatabaseAddress;
import org.everytake.studio.db.DatabaseTrouble;
import org.everytake.studio.db.EmbeddedPostgres;
import org.everytake.studio.delivery.CompanionResource;
import org.everytake.studio.delivery.FilmResource;
import org.everytake.studio.delivery.RenditionResource;
import org.everytake.studio.delivery.ThumbnailResource;
import org.everytake.studio.http.Health;
import org.everytake.studio.http.HttpServer;
import org.everytake.studio.http.Listening;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.Served;
import org.everytake.studio.http.limit.RateLimits;
import org.everytake.studio.idempotency.IdempotencyKeys;
import org.everytake.studio.idempotency.KeptAnswers;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.jobs.JobRunner;
import org.everytake.studio.layouts.LayoutsResource;
import org.everytake.studio.library.FilmingResource;
import org.everytake.studio.library.Ids;
import org.everytake.studio.library.RecordingsResource;
import org.everytake.studio.library.RenditionsResource;
import org.everytake.studio.library.RoomsResource;
import org.everytake.studio.library.SegmentStore;
import org.everytake.studio.library.SessionPeople;
import org.everytake.studio.library.SessionsResource;
import org.everytake.studio.library.StartStopResource;
import org.everytake.studio.library.retention.StorageResource;
import org.everytake.studio.library.retention.WithinPlan;
import org.everytake.studio.operations.DatabaseProblems;
import org.everytake.studio.operations.HealthResource;
import org.everytake.studio.operations.Metrics;
import org.everytake.studio.operations.MetricsResource;
import org.everytake.studio.operations.VitalsReader;
import org.everytake.studio.people.CallerLimits;
import org.everytake.studio.people.FirstAdmin;
import org.everytake.studio.people.People;
import org.everytake.studio.signal.IceServers;
import org.everytake.studio.storage.StoreResource;
import org.everytake.vault.KeyFault;
import org.everytake.vault.Keys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole server: everything is built here, with constructors, and closed in reverse. */
final class Studio implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Studio.class);
    private static final int DATABASE_CONNECTIONS = 16;
    private static final String NODE = "everytake";

    private final Closing closing = new Closing();
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final Settings settings;
    private final URI publicAddress;
    private final Doors doors;
    private @Nullable FirstAdmin firstAdmin;
    private List<Served> served = List.of();

    private Studio(Settings settings, URI publicAddress, Doors doors) {
        this.settings = settings;
        this.publicAddress = publicAddress;
        this.doors = doors;
    }

    /** Returns once the server answers. */
    static Studio open(Settings settings) throws CannotStart {
        InetAddress host = Ports.address(settings.web().host());
        int port = Ports.tcp(host, settings.web().port());
        Ports.media(
                host,
                settings.media().udpPort(),
                loops(settings.media()),
                settings.media().tcp());
        Doors doors = Doors.checked(settings.web(), host, port, InstantSource.system());
        var studio = new Studio(settings, doors.publicAddress(), doors);
        try {
            studio.build(host);
            return studio;
        } catch (CannotStart | RuntimeException e) {
            try {
                studio.close();
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /**
     * A link by which somebody becomes an admin who runs the server: as long as nobody does, or if it is asked for.
     * Earlier ones are void.
     */
    Optional<URI> adminLink(boolean asked) {
        return Objects.requireNonNull(firstAdmin).renew(asked);
    }

    /** Where people find it. */
    URI link() {
        return publicAddress.resolve("/");
    }

    /** Every route, as it was opened. */
    List<Served> served() {
        return served;
    }

    @Override
    public void close() {
        closing.close();
    }

    private void build(InetAddress host) throws CannotStart {
        DataFolder data = closing.add(DataFolder.open(settings.data().folder()));
        Listening listening = doors.listening(data.root(), random);
        // Each takes a while, and none needs another.
        FutureTask<CallServer> warming = begin(() -> openCall(host));
        FutureTask<Ffmpeg> trying = begin(this::tryFfmpeg);
        Database database;
        CallServer call;
        try {
            database = closing.add(Database.open(databaseAddress(data), DATABASE_CONNECTIONS));
        } finally {
            call = closing.add(finished(warming));
        }
        var ids = new Ids(random, clock);
        var queue = new JobQueue(database.jdbi(), clock);
        Settings.Ice ice = settings.ice();
        var ground = new Stage.Ground(
                data,
                diskReserveBytes(data),
                keys(data),
                database,
                call,
                finished(trying),
                rawArchive(),
                settings.recorder().continueWithin(),
                settings.storage().nearby(),
                settings.media().peoplePerRoom(),
                new IceServers(ice.stun(), ice.turn(), ice.turnSecret(), clock),
                ids,
                queue,
                random,
                clock);
        var stage = Stage.open(ground, closing);
        stage.recover();
        int cores = Runtime.getRuntime().availableProcessors();
        var jdbi = database.jdbi();
        var answers = new KeptAnswers(jdbi, clock);
        List<JobKind> kinds = new ArrayList<>(stage.kinds());
        kinds.add(IdempotencyKeys.erasing(answers));
        var runner = closing.add(new JobRunner(database, queue, kinds, NODE, cores, clock));
        var people = new People(new People.Ground(
                jdbi, random, ids::next, clock, publicAddress, Math.max(1, cores / 2), settings.oidc()));
        people.check();
        people.whenRenamed(new SessionPeople(jdbi)::renamed);
        firstAdmin = people.firstAdmin();
        var limits = new RateLimits(settings.limits(), System::nanoTime);
        List<Routes> routes = new ArrayList<>(people.routes());
        var trouble = new DatabaseTrouble(settings.database().url().isEmpty() ? data.postgres() : null);
        routes.add(new Health(List.of(() -> database.failure().flatMap(trouble::of))));
        routes.add(new DatabaseProblems(trouble));
        // After the gate, which finds out who asks.
        routes.add(new CallerLimits(limits));
        routes.add(new IdempotencyKeys(answers));
        routes.add(new SessionsResource(jdbi, stage.people(), people.audit(), ids, clock, publicAddress));
        routes.add(new RoomsResource(jdbi, stage.people()));
        routes.addAll(stage.connections(ground, people.audit(), limits));
        routes.add(new StartStopResource(jdbi, new WithinPlan(jdbi, stage.control()), people.audit()));
        routes.add(new StoreResource(
                jdbi, stage.stores(), new SegmentStore(jdbi)::backlogOfStores, people.audit(), ids::next, clock));
        routes.add(new StorageResource(jdbi, people.audit(), clock));
        routes.add(new LayoutsResource(jdbi, people.audit(), ids::next, clock));
        routes.add(new RecordingsResource(jdbi, stage.maker(), people.audit(), clock));
        routes.add(new RenditionsResource(jdbi, stage.maker(), people.audit(), ids::next, clock));
        routes.add(new RenditionResource(jdbi, stage.stores(), stage.shelf()::renditionSealing));
        routes.add(
                new FilmResource(jdbi, stage.stores(), stage.shelf()::renditionSealing, stage.missingFiles(), clock));
        routes.add(new FilmingResource(jdbi, people.audit()));
        routes.add(new ThumbnailResource(jdbi, stage.stores(), stage.shelf()::renditionSealing));
        routes.add(new CompanionResource(jdbi, stage.stores(), stage.shelf()::renditionSealing));
        var reader =
                new VitalsReader(stage.body(ground, settings.database().url().isEmpty(), runner.failures()));
        closing.add(reader);
        reader.watchDisks();
        var metrics = closing.add(new Metrics(reader, Version.TEXT));
        routes.add(new HealthResource(reader, Version.TEXT, clock.instant()));
        routes.add(new MetricsResource(metrics, settings.metrics().token(), people.gate()::caller));
        runner.start();
        stage.begin(closing);
        var room = stage.endpoint(people.gate()::caller);
        var server = closing.add(HttpServer.start(listening, limits, routes, List.of(room), metrics));
        served = server.served();
        doors.minding(server, closing);
        closing.add(stage.rooms());
        // The doors are open; what only makes the first call quicker can wait until now.
        Thread.ofPlatform().name("warming").daemon().start(() -> warmUp(call));
        Thread.ofVirtual().name("provider").start(people::tryProvider);
        log.info(
                "Everytake answers on {}:{}, media on UDP {}",
                host.getHostAddress(),
                listening.port(),
                call.localAddresses());
    }

    private static void warmUp(CallServer call) {
        CompilerDirectives.install();
        try {
            call.warmUp();
        } catch (IllegalStateException e) {
            log.error("Nobody will get into a call on this machine, though pages and recordings are served", e);
        }
    }

    private long diskReserveBytes(DataFolder data) throws CannotStart {
        try {
            long diskBytes = Files.getFileStore(data.spool()).getTotalSpace();
            return settings.data().reserve().of(diskBytes);
        } catch (IOException e) {
            throw new CannotStart("The disk of " + data.spool() + " cannot be asked: " + e.getMessage() + ".", e);
        }
    }

    private Keys keys(DataFolder data) throws CannotStart {
        try {
            return MasterKeySource.keys(settings.data(), data, random);
        } catch (KeyFault e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CannotStart("The keys in " + data.keys() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private DatabaseAddress databaseAddress(DataFolder data) throws CannotStart {
        Settings.Database given = settings.database();
        if (given.url().isPresent()) {
            return new DatabaseAddress(given.url().get(), given.user(), given.password());
        }
        return closing.add(EmbeddedPostgres.start(data.postgres(), random)).address();
    }

    private static int loops(Settings.Media media) {
        return media.loops() == 0 ? CallPorts.loopsOfThisMachine() : media.loops();
    }

    private CallServer openCall(InetAddress host) throws CannotStart {
        int port = settings.media().udpPort();
        List<PublicAddress> advertised = new ArrayList<>();
        for (Settings.MediaAddress one : settings.media().addresses()) {
            InetAddress local =
                    one.local().isPresent() ? Ports.address(one.local().get()) : null;
            advertised.add(new PublicAddress(Ports.address(one.address()), local));
        }
        var ports = CallPorts.of(new InetSocketAddress(host, port))
                .withLoops(loops(settings.media()))
                .withBatches(settings.media().batches())
                .withTcp(settings.media().tcp())
                .withPublic(advertised);
        try {
            return CallServer.open(
                    CallOptions.of(ports).withPeoplePerRoom(settings.media().peoplePerRoom()));
        } catch (IOException e) {
            throw Ports.cannotListen("UDP port", "--udp-port", host, port, e);
        }
    }

    private @Nullable RawFormat rawArchive() {
        return switch (settings.rawArchive()) {
            case TAR_GZ -> RawFormat.TAR_GZ;
            case ZIP -> RawFormat.ZIP;
            case NONE -> null;
        };
    }

    private Ffmpeg tryFfmpeg() throws CannotStart {
        try {
            return Ffmpeg.find(settings.tools().ffmpeg().orElse(null));
        } catch (RenderFault e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }

    private static <T> FutureTask<T> begin(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().name("opening").daemon().start(task);
        return task;
    }

    private static <T> T finished(FutureTask<T> task) throws CannotStart {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CannotStart cannot) {
                throw cannot;
            }
            throw new IllegalStateException("a part of the server could not be opened", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("The start was interrupted.", e);
        }
    }
}
