package org.everytake.tape.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.Event;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.format.SegmentName;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.read.SpoolFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool: one platform thread that ticks, and that everything else is asked of by message. It is never interrupted,
 * because an interrupt closes the file it writes.
 */
final class TickingSpool implements Spool {
    private static final Logger log = LoggerFactory.getLogger(TickingSpool.class);
    private static final String LOCK = "lock";
    private static final long MEGABYTE = 1_000_000;

    /** Something to be done on the tape thread. */
    private interface Work<T> {
        T run() throws IOException, TapeFault;
    }

    private final SpoolWorld world;
    private final Path folder;
    private final SafeListener listener;
    private final ChunkPool pool;
    private final FileChannel lockChannel;
    private final Thread thread;
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();

    // under the lock of work's submission
    private boolean closed;

    // the tape thread's
    private final Map<String, RecordingWriter> open = new HashMap<>();
    private boolean ending;

    private TickingSpool(SpoolWorld world, Path folder, SafeListener listener, FileChannel lockChannel) {
        this.world = world;
        this.folder = folder;
        this.listener = listener;
        this.pool = new ChunkPool(world.options().poolBytes());
        this.lockChannel = lockChannel;
        this.thread = Thread.ofPlatform().name("tape").daemon().unstarted(this::loop);
    }

    static TickingSpool open(SpoolWorld world, Path folder, SpoolListener listener) throws TapeFault {
        try {
            world.disk().createFolder(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new TapeFault("The spool folder " + folder + " is used by another process.");
            }
            TickingSpool spool = new TickingSpool(world, folder, new SafeListener(listener), channel);
            spool.thread.start();
            return spool;
        } catch (IOException e) {
            throw new TapeFault("The spool folder " + folder + " cannot be written: " + FaultWords.of(e), e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(); // lives as long as its channel
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    @Override
    public List<RecoveredRecording> recover(KeyOf keys) throws TapeFault {
        return onTapeThread("Recordings cannot be recovered", () -> {
            if (!open.isEmpty()) {
                throw new IllegalStateException("recovery comes before the first recording");
            }
            return new Recovery(world, folder, keys).run();
        });
    }

    @Override
    public Tape create(TapeKey key, Event.RecordingStarted started) throws TapeFault {
        SegmentHeader.requireId(started.recording());
        return onTapeThread("The recording cannot begin", () -> {
            requireSpace();
            Path home = folder.resolve(started.recording());
            if (open.containsKey(started.recording()) || world.disk().exists(home)) {
                throw new TapeFault("The recording " + started.recording() + " is on the spool already.");
            }
            OpenTape tape =
                    new OpenTape(started.recording(), pool, started.snapshot().lastTake());
            RecordingWriter writer =
                    new RecordingWriter(world, home, key, tape, new Journal(started, 0, 0), listener, 1);
            try {
                world.disk().createFolder(home);
                writer.begin(started);
            } catch (IOException e) {
                clear(home, e);
                throw e;
            }
            open.put(started.recording(), writer);
            return tape;
        });
    }

    private void clear(Path home, IOException why) {
        try {
            world.disk().delete(home);
            world.disk().forceFolder(folder);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private void requireSpace() throws IOException, TapeFault {
        Space space = measure();
        if (space.freeBytes() < 0) {
            throw new TapeFault("The disk is nearly full: " + space.usableBytes() / MEGABYTE + " MB are free, and "
                    + space.reserveBytes() / MEGABYTE + " MB are kept for recordings that run.");
        }
    }

    @Override
    public Space space() throws TapeFault {
        return onTapeThread("The disk does not say how much is free", this::measure);
    }

    private Space measure() throws IOException {
        return new Space(world.disk().usableBytes(folder), world.options().reserveBytes());
    }

    @Override
    public Tape resume(TapeKey key, RecoveredRecording recovered) throws TapeFault {
        Event.RecordingStarted started = recovered.started();
        if (started == null) {
            throw new TapeFault("The recording " + recovered.recording() + " cannot go on: nothing of it can be read.");
        }
        return onTapeThread("The recording cannot go on", () -> {
            if (open.containsKey(recovered.recording())) {
                throw new TapeFault("The recording " + recovered.recording() + " is open already.");
            }
            OpenTape tape =
                    new OpenTape(recovered.recording(), pool, started.snapshot().lastTake());
            Journal journal = new Journal(started, recovered.nextEvent(), recovered.lastStampNanos());
            Path home = folder.resolve(recovered.recording());
            RecordingWriter writer =
                    new RecordingWriter(world, home, key, tape, journal, listener, recovered.nextOrdinal());
            world.disk().createFolder(home);
            writer.resume();
            open.put(recovered.recording(), writer);
            return tape;
        });
    }

    @Override
    public List<SealedSegment> segments(String recording) throws TapeFault {
        Path home = folder.resolve(SegmentHeader.requireId(recording));
        return onTapeThread("The segments cannot be listed", () -> sealed(world.disk(), home));
    }

    @Override
    public List<SegmentSource> written(String recording) throws TapeFault {
        try {
            return new SpoolFolder(folder).segments(recording);
        } catch (IOException e) {
            throw new TapeFault("The segments cannot be listed: " + e.getMessage(), e);
        }
    }

    static List<SealedSegment> sealed(Disk disk, Path home) throws IOException {
        List<SealedSegment> sealed = new ArrayList<>();
        for (Path file : disk.list(home)) {
            SegmentName name = SegmentName.parse(String.valueOf(file.getFileName()));
            if (name != null && name.state() != SegmentName.State.OPEN) {
                sealed.add(SealedSegment.found(name.ordinal(), file));
            }
        }
        return sealed;
    }

    @Override
    public void erase(String recording, String segment) throws TapeFault {
        Path home = folder.resolve(SegmentHeader.requireId(recording));
        SegmentName name = SegmentName.parse(segment);
        if (name == null || name.state() == SegmentName.State.OPEN) {
            throw new IllegalArgumentException("\"" + segment + "\" is not the name of a sealed segment");
        }
        onTapeThread("The segment cannot be erased", () -> {
            world.disk().delete(home.resolve(segment));
            return segment;
        });
    }

    @Override
    public void erase(String recording) throws TapeFault {
        Path home = folder.resolve(SegmentHeader.requireId(recording));
        onTapeThread("The recording cannot be erased", () -> {
            if (open.containsKey(recording)) {
                throw new IllegalStateException("the recording " + recording + " is open");
            }
            for (Path file : world.disk().list(home)) {
                world.disk().delete(file);
            }
            world.disk().delete(home);
            world.disk().forceFolder(folder);
            return recording;
        });
    }

    @Override
    public void close() {
        synchronized (work) {
            if (!closed) {
                closed = true;
                work.add(() -> ending = true);
            }
        }
        boolean interrupted = false;
        while (Thread.currentThread() != thread && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the tape is more important; told afterwards
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T onTapeThread(String failure, Work<T> task) throws TapeFault {
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (work) {
            if (closed) {
                throw new TapeFault(failure + ": the spool is closed.");
            }
            work.add(() -> {
                try {
                    result.complete(task.run());
                } catch (Exception | Error e) {
                    result.completeExceptionally(e);
                }
            });
        }
        try {
            return result.join();
        } catch (CompletionException e) {
            throw failed(failure, e.getCause());
        }
    }

    private static TapeFault failed(String failure, @Nullable Throwable cause) {
        if (cause instanceof TapeFault fault) {
            return fault;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return cause instanceof IOException e
                ? new TapeFault(failure + ": " + FaultWords.of(e), e)
                : new TapeFault(failure + ".", cause);
    }

    private void loop() {
        long tickNanos = world.options().tick().toNanos();
        long nextNanos = System.nanoTime() + tickNanos;
        while (!ending) {
            try {
                long waitNanos = nextNanos - System.nanoTime();
                Runnable next = waitNanos > 0 ? work.poll(waitNanos, TimeUnit.NANOSECONDS) : work.poll();
                if (next != null) {
                    next.run();
                }
            } catch (InterruptedException e) {
                log.warn("Somebody interrupted the tape thread, which goes on", e);
            }
            if (System.nanoTime() - nextNanos >= 0) {
                tick();
                nextNanos = Math.max(nextNanos + tickNanos, System.nanoTime());
            }
        }
        end();
    }

    private void tick() {
        open.values().removeIf(writer -> {
            try {
                return writer.tick();
            } catch (RuntimeException | Error e) {
                // one recording's trouble; its next tick tries again, and the others go on
                log.error("Recording {} could not be written", writer.tape().recording(), e);
                return false;
            }
        });
    }

    private void end() {
        for (RecordingWriter writer : open.values()) {
            try {
                writer.close();
            } catch (RuntimeException | Error e) {
                log.error("Recording {} could not be closed", writer.tape().recording(), e);
            }
        }
        open.clear();
        try {
            lockChannel.close();
        } catch (IOException e) {
            log.warn("The spool's lock could not be given back", e);
        }
    }
}
