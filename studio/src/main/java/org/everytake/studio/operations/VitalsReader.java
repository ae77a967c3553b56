package org.everytake.studio.operations;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.everytake.call.CallServer;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.Sql;
import org.everytake.studio.jobs.JobFailures;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.SegmentStore;
import org.everytake.studio.signal.Rooms;
import org.everytake.studio.storage.Backlog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the server. Any thread; asks the database and the disk, so it may block. */
public final class VitalsReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VitalsReader.class);
    private static final long LOOK_SECONDS = 10;

    /**
     * The parts of the server.
     *
     * @param diskReserveBytes kept for recordings that run
     * @param embedded whether the database is our own
     * @param recordings how many run
     * @param droppedPackets how many found no room on their way to a tape
     */
    public record Body(
            DataFolder data,
            long diskReserveBytes,
            Database database,
            boolean embedded,
            CallServer call,
            Supplier<Rooms.Population> rooms,
            IntSupplier recordings,
            LongSupplier droppedPackets,
            JobQueue queue,
            JobFailures failures,
            InstantSource clock,
            LongSupplier nanoClock) {}

    private final Body body;
    private final SegmentStore segments;
    private final RecordingStore recordings;
    private final ReceiveDrops drops;
    private final Disks disks;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("disks").daemon().factory());

    public VitalsReader(Body body) {
        this.body = body;
        this.disks = new Disks(body.data(), body.diskReserveBytes(), body.nanoClock());
        this.segments = new SegmentStore(body.database().jdbi());
        this.recordings = new RecordingStore(body.database().jdbi());
        this.drops = new ReceiveDrops(KernelUdp.ofThisMachine(), ports(), body.clock());
    }

    /** Looks at the disks from time to time from now on, so that it is known how fast they fill. */
    public void watchDisks() {
        // A thread of its own: a dead disk may never answer.
        var unused = looks.scheduleWithFixedDelay(disks::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    Vitals read() {
        Optional<Answer> answer = asked(this::answer);
        // Where it does not answer once, it is not asked three times more, each with its patience.
        Optional<Vitals.Backlog> backlog = answer.flatMap(ignored -> asked(this::backlog));
        Optional<Vitals.Load> load = answer.flatMap(ignored -> asked(this::load));
        Optional<Optional<Instant>> newest = answer.flatMap(ignored -> asked(recordings::newestAt));
        Database.Connections connections = body.database().connections();
        return new Vitals(
                body.clock().instant(),
                rooms(),
                new Vitals.Spool(
                        Disks.sizeBytes(body.data().spool()),
                        body.droppedPackets().getAsLong()),
                backlog,
                disks.look(),
                network(),
                jobs(load),
                new Vitals.Database(
                        body.embedded(),
                        answer.map(Answer::took),
                        connections.open(),
                        connections.busy(),
                        connections.waiting(),
                        connections.most()),
                answer.flatMap(one -> newest.map(recording -> new Vitals.Clock(one.offset(), recording.orElse(null)))));
    }

    CallServer call() {
        return body.call();
    }

    private record Answer(Duration took, Duration offset) {}

    private Answer answer() {
        long before = body.nanoClock().getAsLong();
        Instant theirs = body.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select clock_timestamp() as now")
                        .map((row, context) -> Sql.time(row, "now"))
                        .one());
        Duration took = Duration.ofNanos(body.nanoClock().getAsLong() - before);
        return new Answer(took, Duration.between(body.clock().instant().minus(took.dividedBy(2)), theirs));
    }

    private Vitals.Rooms rooms() {
        Rooms.Population living = body.rooms().get();
        return new Vitals.Rooms(
                living.rooms(), living.people(), body.recordings().getAsInt());
    }

    private Vitals.Backlog backlog() {
        Backlog left = segments.backlog();
        Instant oldest = left.oldest();
        Duration age =
                oldest == null ? null : Duration.between(oldest, body.clock().instant());
        return new Vitals.Backlog(left.segments(), left.sizeBytes(), age);
    }

    private Vitals.Load load() {
        JobQueue.Load load = body.queue().load();
        return new Vitals.Load(load.queued(), load.running(), load.retrying());
    }

    private Vitals.Jobs jobs(Optional<Vitals.Load> load) {
        JobFailures.Count count = body.failures().count();
        return new Vitals.Jobs(
                load, count.failed(), count.givenUp(), body.failures().newest());
    }

    private Vitals.Network network() {
        ReceiveDrops.Seen seen = drops.look();
        CallServer.ReceiveBuffer buffer = body.call().receiveBuffer();
        return new Vitals.Network(ports(), seen.count(), seen.last(), buffer.bytes(), buffer.wantedBytes());
    }

    private List<Integer> ports() {
        return body.call().localAddresses().stream()
                .map(InetSocketAddress::getPort)
                .toList();
    }

    private static <T> Optional<T> asked(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (RuntimeException e) {
            log.debug("the database does not answer", e);
            return Optional.empty();
        }
    }
}
