package org.everytake.tape.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk on the real file system that fails when told to, and that remembers what a power cut would leave. The test's
 * thread tells, the tape thread uses: every method is synchronized.
 */
final class FaultyDisk implements Disk {
    private final Disk disk = new FileDisk();
    private final Map<Path, Long> forced = new HashMap<>();
    private final Map<Path, Path> unforcedNames = new HashMap<>();
    private long bytesLeft = Long.MAX_VALUE;
    private int failingForces;
    private int failingFolderForces;
    private boolean powerless;
    private boolean silent;
    private boolean waitedFor;

    /** After so many bytes, writes fall short and then fail. */
    synchronized void fillUpAfter(long bytes) {
        bytesLeft = bytes;
    }

    synchronized void failForces(int count) {
        failingForces = count;
    }

    /** Names in folders cannot be made durable, so many times. */
    synchronized void failFolderForces(int count) {
        failingFolderForces = count;
    }

    /** From now on writes and forces wait, until {@link #answer}. */
    synchronized void fallSilent() {
        silent = true;
    }

    synchronized void answer() {
        silent = false;
        notifyAll();
    }

    /** Whether somebody waits for an answer. */
    synchronized boolean isWaitedFor() {
        return waitedFor;
    }

    /**
     * Cuts the power: what was not forced is there in part, as other bytes, or not at all; names that were not forced are
     * gone, renames that were not forced undone.
     */
    synchronized void cutPower(Random random) throws IOException {
        powerless = true;
        for (Map.Entry<Path, Path> name : unforcedNames.entrySet()) {
            if (name.getValue().equals(name.getKey())) {
                if (random.nextBoolean()) {
                    Files.deleteIfExists(name.getKey());
                }
            } else if (random.nextBoolean() && Files.exists(name.getKey())) {
                Files.move(name.getKey(), name.getValue());
            }
        }
        for (Map.Entry<Path, Long> file : forced.entrySet()) {
            Path path = Files.exists(file.getKey()) ? file.getKey() : renamed(file.getKey());
            if (Files.exists(path)) {
                loseUnforced(path, file.getValue(), random);
            }
        }
    }

    /** Whether nothing of the segment with this number was ever forced. */
    synchronized boolean neverForced(int ordinal) {
        String name = "%08d.".formatted(ordinal);
        return forced.entrySet().stream()
                .anyMatch(file -> file.getValue() == 0
                        && String.valueOf(file.getKey().getFileName()).startsWith(name));
    }

    private static Path renamed(Path open) {
        return open.resolveSibling(open.getFileName().toString().replace(".open", ".tape"));
    }

    private static void loseUnforced(Path path, long forced, Random random) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long unforced = file.length() - forced;
            if (unforced <= 0) {
                return;
            }
            long kept = forced + random.nextLong(unforced + 1);
            int broken = (int) random.nextLong(file.length() - kept + 1);
            byte[] garbage = new byte[broken];
            if (random.nextBoolean()) {
                random.nextBytes(garbage);
            }
            file.setLength(kept);
            file.seek(kept);
            file.write(garbage);
        }
    }

    @Override
    public synchronized void createFolder(Path folder) throws IOException {
        requirePower();
        disk.createFolder(folder);
    }

    @Override
    public synchronized SegmentFile create(Path file) throws IOException {
        requirePower();
        SegmentFile created = disk.create(file);
        forced.put(file, 0L);
        unforcedNames.put(file, file);
        return new FaultyFile(file, created);
    }

    @Override
    public synchronized SegmentFile reopen(Path file) throws IOException {
        requirePower();
        return new FaultyFile(file, disk.reopen(file));
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        requirePower();
        disk.rename(from, to);
        unforcedNames.remove(from);
        unforcedNames.put(to, from);
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        requirePower();
        disk.delete(path);
        forced.remove(path);
        unforcedNames.remove(path);
    }

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        requirePower();
        if (failingFolderForces > 0) {
            failingFolderForces--;
            throw new IOException("Input/output error");
        }
        disk.forceFolder(folder);
        unforcedNames.keySet().removeIf(path -> folder.equals(path.getParent()));
    }

    @Override
    public synchronized List<Path> list(Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return disk.usableBytes(folder);
    }

    private synchronized void requireAnswer() throws IOException {
        while (silent) {
            waitedFor = true;
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IOException("somebody interrupted the tape thread", e);
            }
        }
        waitedFor = false;
        requirePower();
    }

    private void requirePower() throws IOException {
        if (powerless) {
            throw new IOException("there is no power");
        }
    }

    private final class FaultyFile implements SegmentFile {
        private final Path path;
        private final SegmentFile file;

        FaultyFile(Path path, SegmentFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            synchronized (FaultyDisk.this) {
                requireAnswer();
                if (bytesLeft == 0) {
                    throw new IOException("No space left on device");
                }
                int count = (int) Math.min(bytes.remaining(), bytesLeft);
                bytesLeft -= count;
                return file.write(bytes.slice(bytes.position(), count));
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (FaultyDisk.this) {
                requireAnswer();
                if (failingForces > 0) {
                    failingForces--;
                    throw new IOException("Input/output error");
                }
                forced.put(path, Files.size(path));
                file.force();
            }
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            synchronized (FaultyDisk.this) {
                requirePower();
                file.truncate(sizeBytes);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
