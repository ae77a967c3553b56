package org.everytake.studio.record;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.FlashClip;
import org.everytake.render.Renderer;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.raw.RawFormat;
import org.everytake.studio.db.Database;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.library.Ids;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.SegmentStore;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.library.SessionStore;
import org.everytake.studio.library.TakeStore;
import org.everytake.studio.library.TapeShelf;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.produce.Production;
import org.everytake.studio.produce.Unfinished;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Passes;
import org.everytake.studio.signal.Rooms;
import org.everytake.studio.signal.SignalOptions;
import org.everytake.studio.storage.Stores;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.vault.FolderStore;
import org.everytake.vault.Keys;
import org.everytake.vault.Scratch;
import org.everytake.vault.Vault;

/** A real call, recorder, tape and vault for tests, on a database and a folder that may be shared with another one. */
public final class RecordingStage implements AutoCloseable {
    public static final String SESSION = "01890000-0000-7000-8000-000000000001";
    private static final UUID ORGANISATION = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final SessionStore.Settings SHOW =
            new SessionStore.Settings("Show", null, null, SessionMode.VIDEO, 720);
    public static final Duration DAY = Duration.ofHours(24);
    /** Of every run on the same folder. */
    private static final byte[] PASSES_KEY = new byte[32];

    public final Path folder;
    public final Database database;
    public final RecordingStore recordings;
    public final TakeStore takes;
    public final SegmentStore segments;
    public final RenditionStore renditions;
    public final JobQueue jobs;
    public final Stores stores;
    public final VaultShelf shelf;
    public final Spool spool;
    public final TapeShelf tapes;
    public final Shipper shipper;
    public final Recovery recovery;
    public final Completing completing;
    private final Finishing finishing;
    public final Production production;
    public final Recordings recorder;
    public final Rooms rooms;
    public final CallServer call;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final List<Attendee> attendees = new ArrayList<>();

    public RecordingStage(Database database, Path folder, RecorderOptions options, SpoolOptions spoolOptions)
            throws Exception {
        this(database, folder, folder.resolve("spool"), options, spoolOptions);
    }

    public RecordingStage(
            Database database, Path folder, Path spoolFolder, RecorderOptions options, SpoolOptions spoolOptions)
            throws Exception {
        this(database, folder, options, news -> Spool.open(spoolFolder, spoolOptions, news));
    }

    /** Opens the spool that this stage records to. */
    interface SpoolOpening {
        Spool open(SpoolListener news) throws TapeFault;
    }

    RecordingStage(Database database, Path folder, RecorderOptions options, SpoolOpening opening) throws Exception {
        this.folder = folder;
        this.database = database;
        var random = new SecureRandom();
        InstantSource clock = this::now;
        var ids = new Ids(random, clock);
        var jdbi = database.jdbi();
        recordings = new RecordingStore(jdbi);
        takes = new TakeStore(jdbi);
        segments = new SegmentStore(jdbi);
        renditions = new RenditionStore(jdbi);
        jobs = new JobQueue(jdbi, clock);
        var sessions = new SessionStore(jdbi);
        if (sessions.find(UUID.fromString(SESSION)).isEmpty()) {
            sessions.create(UUID.fromString(SESSION), ORGANISATION, null, "show", SHOW, now());
        }
        var vault = new Vault(FolderStore.open(folder.resolve("vault")));
        var keys = Keys.open(folder.resolve("keys"), folder.resolve("master.key"), random);
        stores = new Stores(jdbi, vault, keys, clock, random, true);
        shelf = new VaultShelf(stores, keys);
        var news = new SpoolNews();
        spool = opening.open(news);
        shipper = new Shipper(spool, shelf, segments, clock, Duration.ofMillis(50), DAY);
        news.shipTo(shipper);
        tapes = new TapeShelf(spool, shelf, segments, shelf);
        production = new Production(
                jdbi,
                renditions,
                tapes,
                shelf,
                jobs,
                Scratch.open(folder.resolve("scratch"), random),
                new Unfinished(folder.resolve("unfinished"), shelf, renditions),
                new Renderer(Ffmpeg.find(null), Files.createDirectories(folder.resolve("memory"))),
                stores::readable,
                "Everytake of a test",
                clock,
                System::nanoTime);
        finishing = new Finishing(
                jdbi, recordings, takes, segments, renditions, production, RawFormat.TAR_GZ, ids::next, clock);
        completing = new Completing(recordings, finishing, jobs);
        call = CallServer.open(CallOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        recorder = new Recordings(
                options,
                new Recordings.World(
                        call::room,
                        spool,
                        news,
                        shelf,
                        recordings,
                        takes,
                        finishing,
                        recording -> jobs.enqueue(Recovery.FINISH, recording.toString()),
                        ids::next,
                        clock,
                        System::nanoTime,
                        executor));
        recovery = new Recovery(jdbi, spool, shelf, tapes, recordings, segments, finishing, jobs, recorder, clock);
        rooms = new Rooms(
                SignalOptions.standard(),
                call::room,
                recorder::status,
                () -> ids.next().toString(),
                new Passes(PASSES_KEY, clock),
                () -> System.nanoTime() + Objects.requireNonNull(ahead.get()).toNanos(),
                executor);
        recorder.tell(rooms::recordingChanged);
        var unused = ticks.scheduleWithFixedDelay(recorder::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** As at the start of a server: finds what was left, then ships. */
    public RecordingStage begin() throws Exception {
        recovery.run();
        shipper.start();
        return this;
    }

    public Instant now() {
        return Instant.now().plus(ahead.get());
    }

    /** Lets time pass for all that goes by the clock of the wall, and for the sockets. */
    public void passes(Duration time) {
        ahead.updateAndGet(time::plus);
        rooms.tick();
    }

    public Attendee join(String name) {
        Attendee attendee = Attendee.join(rooms, SESSION, name, attendees.size() + 1);
        attendees.add(attendee);
        return attendee;
    }

    /** Somebody who was in the room of an earlier stage on the same folder. */
    public Attendee comesBack(String name, String pass) {
        Attendee attendee = Attendee.join(rooms, SESSION, name, attendees.size() + 100, pass);
        attendees.add(attendee);
        return attendee;
    }

    public static Clip clip(String color, int pitchHz) throws Exception {
        return FlashClip.small(color, pitchHz).in(Path.of("target", "clips"));
    }

    /** Jobs that wait, of a kind. */
    public List<String> waiting(String kind) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select task_instance from scheduled_tasks where task_name = :kind")
                        .bind("kind", kind)
                        .mapTo(String.class)
                        .list());
    }

    /** A kind of the jobs that make files. */
    public JobKind making(String name) {
        return production.kinds().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Does a job now, as its worker would. */
    public void run(JobKind kind, String subject) throws Exception {
        run(kind, subject, () -> false);
    }

    public void run(JobKind kind, String subject, BooleanSupplier cancelled) throws Exception {
        kind.work().run(new Job() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public boolean cancelled() {
                return cancelled.getAsBoolean();
            }
        });
    }

    /** Asks for those files of a recording that is over which have never been asked for. */
    public void complete(UUID recording) {
        finishing.complete(recordings.find(recording).orElseThrow());
    }

    public UUID start(String title) {
        return start(title, SessionMode.VIDEO);
    }

    public UUID start(String title, SessionMode mode) {
        return recorder.start(SESSION, title, mode, "Anna").id();
    }

    /** What has been recorded in the session, the newest first. */
    public List<Recording> recorded() {
        return database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select id from recordings order by id desc")
                        .mapTo(UUID.class)
                        .list())
                .stream()
                .map(id -> recordings.find(id).orElseThrow())
                .toList();
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        attendees.forEach(Attendee::close);
        rooms.close();
        recorder.close();
        shipper.close();
        stores.close();
        spool.close();
        call.close();
        executor.close();
    }
}
