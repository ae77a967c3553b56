package org.everytake.studio.main;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.everytake.call.CallServer;
import org.everytake.render.Renderer;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.raw.RawFormat;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.db.Database;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.limit.RateLimits;
import org.everytake.studio.jobs.JobFailures;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.library.Erasing;
import org.everytake.studio.library.Ids;
import org.everytake.studio.library.Invitations;
import org.everytake.studio.library.LivePeople;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingControl;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.RenditionMaker;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.SegmentStore;
import org.everytake.studio.library.TakeStore;
import org.everytake.studio.library.TapeShelf;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.library.retention.Expiry;
import org.everytake.studio.library.retention.StorageSteps;
import org.everytake.studio.operations.VitalsReader;
import org.everytake.studio.people.Audit;
import org.everytake.studio.people.Caller;
import org.everytake.studio.produce.Production;
import org.everytake.studio.produce.Unfinished;
import org.everytake.studio.record.Completing;
import org.everytake.studio.record.Finishing;
import org.everytake.studio.record.RecorderOptions;
import org.everytake.studio.record.Recordings;
import org.everytake.studio.record.Recovery;
import org.everytake.studio.record.Shipper;
import org.everytake.studio.record.SpoolNews;
import org.everytake.studio.signal.IceServers;
import org.everytake.studio.signal.Invited;
import org.everytake.studio.signal.Passes;
import org.everytake.studio.signal.RoomControl;
import org.everytake.studio.signal.RoomEndpoint;
import org.everytake.studio.signal.Rooms;
import org.everytake.studio.signal.SignalOptions;
import org.everytake.studio.storage.Stores;
import org.everytake.studio.whip.ConnectionResource;
import org.everytake.studio.whip.Connections;
import org.everytake.studio.whip.TokensResource;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.vault.FolderStore;
import org.everytake.vault.KeyFault;
import org.everytake.vault.KeyKind;
import org.everytake.vault.Keys;
import org.everytake.vault.Scratch;
import org.everytake.vault.Vault;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms, the recorder and the makers of renditions, built and tied together. Nothing runs before {@link #begin}. */
final class Stage {
    private static final Logger log = LoggerFactory.getLogger(Stage.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration KEPT_ON_SPOOL = Duration.ofHours(24);

    private final Recovery recovery;
    private final Shipper shipper;
    private final Production production;
    private final Finishing finishing;
    private final Completing completing;
    private final Erasing erasing;
    private final Expiry expiry;
    private final StorageSteps steps;
    private final Recordings recordings;
    private final Rooms rooms;
    private final RoomControl control;
    private final Connections connections;
    private final Invitations invitations;
    private final Stores stores;
    private final VaultShelf shelf;

    /** What everything here is built upon. */
    record Ground(
            DataFolder data,
            long diskReserveBytes,
            Keys keys,
            Database database,
            CallServer call,
            Ffmpeg ffmpeg,
            @Nullable RawFormat rawArchive,
            Duration continueWithin,
            boolean storesNearby,
            int peoplePerRoom,
            IceServers iceServers,
            Ids ids,
            JobQueue jobs,
            SecureRandom random,
            InstantSource clock) {}

    private Stage(Ground ground, Closing closing) throws IOException, TapeFault, KeyFault {
        var jdbi = ground.database().jdbi();
        var recordingStore = new RecordingStore(jdbi);
        var takes = new TakeStore(jdbi);
        var segments = new SegmentStore(jdbi);
        var renditions = new RenditionStore(jdbi);

        stores = closing.add(new Stores(
                jdbi,
                new Vault(FolderStore.open(ground.data().vault())),
                ground.keys(),
                ground.clock(),
                ground.random(),
                ground.storesNearby()));
        shelf = new VaultShelf(stores, ground.keys());
        var news = new SpoolNews();
        Spool spool = closing.add(Spool.open(
                ground.data().spool(), SpoolOptions.standard().withReserveBytes(ground.diskReserveBytes()), news));
        shipper = closing.add(new Shipper(spool, shelf, segments, ground.clock(), FIRST_PAUSE, KEPT_ON_SPOOL));
        news.shipTo(shipper);

        var tapes = new TapeShelf(spool, shelf, segments, shelf);
        Scratch scratch = closing.add(Scratch.open(ground.data().scratch(), ground.random()));
        Renderer renderer =
                new Renderer(ground.ffmpeg(), WorkingMemory.of(ground.data(), closing), ground.call()::isStrained);
        production = new Production(
                jdbi,
                renditions,
                tapes,
                shelf,
                ground.jobs(),
                scratch,
                new Unfinished(ground.data().unfinished(), shelf, renditions),
                renderer,
                stores::readable,
                "Everytake " + Version.TEXT,
                ground.clock(),
                System::nanoTime);
        finishing = new Finishing(
                jdbi,
                recordingStore,
                takes,
                segments,
                renditions,
                production,
                ground.rawArchive(),
                ground.ids()::next,
                ground.clock());
        completing = new Completing(recordingStore, finishing, ground.jobs());
        erasing = new Erasing(jdbi, ground.jobs(), spool, shelf, ground.clock());
        var audit = new Audit(ground.ids()::next, ground.clock());
        expiry = new Expiry(jdbi, ground.jobs(), production, finishing::complete, spool, shelf, audit, ground.clock());
        steps = new StorageSteps(jdbi, audit, ground.clock());

        ExecutorService executor = closing.add(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("room-", 0).factory()));
        recordings = closing.add(new Recordings(
                RecorderOptions.standard().withContinueWithin(ground.continueWithin()),
                new Recordings.World(
                        ground.call()::room,
                        spool,
                        news,
                        shelf,
                        recordingStore,
                        takes,
                        finishing,
                        recording -> ground.jobs().enqueue(Recovery.FINISH, recording.toString()),
                        ground.ids()::next,
                        ground.clock(),
                        System::nanoTime,
                        executor)));
        recovery = new Recovery(
                jdbi,
                spool,
                shelf,
                tapes,
                recordingStore,
                segments,
                finishing,
                ground.jobs(),
                recordings,
                ground.clock());
        rooms = new Rooms(
                SignalOptions.standard().withIceServers(ground.iceServers()),
                ground.call()::room,
                recordings::status,
                () -> ground.ids().next().toString(),
                new Passes(ground.keys().obtain("rooms", KeyKind.PASSES).secret(), ground.clock()),
                System::nanoTime,
                executor);
        recordings.tell(rooms::recordingChanged);
        control = new RoomControl(rooms, recordings, ground.peoplePerRoom());
        connections = new Connections(rooms, ground.ids()::next, ground.clock());
        invitations = new Invitations(jdbi);
    }

    static Stage open(Ground ground, Closing closing) throws CannotStart {
        try {
            return new Stage(ground, closing);
        } catch (IOException e) {
            throw new CannotStart("The data folder " + ground.data().root() + " cannot be used: " + e.getMessage(), e);
        } catch (TapeFault | KeyFault e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }

    /** The work that is done here. */
    List<JobKind> kinds() {
        List<JobKind> kinds = new ArrayList<>(production.kinds());
        kinds.add(recovery.finishing());
        kinds.add(shipper.erasing());
        kinds.add(erasing.kind());
        kinds.add(stores.tending());
        kinds.add(completing.kind());
        kinds.add(expiry.kind());
        kinds.add(expiry.again());
        kinds.add(steps.kind());
        return kinds;
    }

    /** Brings to its end what an earlier run left; before the doors open. */
    void recover() throws CannotStart {
        try {
            recovery.run();
        } catch (TapeFault e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }

    /** Ships, and minds the clock. */
    void begin(Closing closing) {
        shipper.start();
        closing.add(production.films()).start();
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("ticks").daemon().factory());
        closing.add(ticks::shutdownNow);
        var unused = ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            rooms.tick();
            connections.tick();
            recordings.tick();
        } catch (RuntimeException e) {
            log.error("A second's work for the rooms failed", e);
        }
    }

    RecordingControl control() {
        return control;
    }

    LivePeople people() {
        return control;
    }

    RenditionMaker maker() {
        return production;
    }

    /** Asks for those files of a recording that is over which have never been asked for. */
    Consumer<Recording> missingFiles() {
        return finishing::complete;
    }

    Stores stores() {
        return stores;
    }

    VaultShelf shelf() {
        return shelf;
    }

    /** What is looked at to say how the server does. */
    VitalsReader.Body body(Ground ground, boolean embedded, JobFailures failures) {
        return new VitalsReader.Body(
                ground.data(),
                ground.diskReserveBytes(),
                ground.database(),
                embedded,
                ground.call(),
                rooms::population,
                recordings::running,
                recordings::droppedPackets,
                ground.jobs(),
                failures,
                ground.clock(),
                System::nanoTime);
    }

    /** @param callers who asks, if it is known */
    RoomEndpoint endpoint(Function<HttpServletRequest, Optional<Caller>> callers) {
        return new RoomEndpoint(rooms, new Invited(invitations, callers));
    }

    /** Encoders and players, and the tokens that let them in. */
    List<Routes> connections(Ground ground, Audit audit, RateLimits limits) {
        Jdbi jdbi = ground.database().jdbi();
        return List.of(
                new TokensResource(jdbi, ground.random(), connections, audit, ground.ids()::next, ground.clock()),
                new ConnectionResource(jdbi, connections, rooms, limits, ground.clock()));
    }

    /** Closed before the doors are: everybody in a room is told. */
    AutoCloseable rooms() {
        return rooms;
    }
}
