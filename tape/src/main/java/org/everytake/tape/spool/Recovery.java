package org.everytake.tape.spool;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.format.SegmentName;
import org.everytake.tape.format.SegmentReader;
import org.everytake.tape.format.SegmentSeal;
import org.everytake.tape.read.Damage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walk, validate, cut: seals what a crash left open and says in the journal that it happened. Each step leaves the spool
 * in a state from which recovery can start again, and what is sealed is never changed, so twice is once. Runs on the
 * tape thread.
 */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    /** A segment's file, by what its name says. */
    record Found(Path file, SegmentName name) {}

    private final SpoolWorld world;
    private final Path folder;
    private final Spool.KeyOf keys;

    Recovery(SpoolWorld world, Path folder, Spool.KeyOf keys) {
        this.world = world;
        this.folder = folder;
        this.keys = keys;
    }

    List<RecoveredRecording> run() throws IOException, TapeFault {
        List<RecoveredRecording> recovered = new ArrayList<>();
        for (Path home : world.disk().list(folder)) {
            if (!Files.isDirectory(home) || !SegmentHeader.isId(String.valueOf(home.getFileName()))) {
                continue; // not ours: the lock, or what an administrator or a file system put there
            }
            List<Found> segments = segments(home);
            if (!segments.isEmpty()) {
                recovered.add(recover(home, segments));
            } else if (world.disk().list(home).isEmpty()) {
                world.disk().delete(home); // a recording that could not even begin
            }
        }
        return recovered;
    }

    private RecoveredRecording recover(Path home, List<Found> segments) throws IOException, TapeFault {
        String recording = String.valueOf(home.getFileName());
        TapeKey key = keys.key(recording);
        if (key == null) {
            return leave(home, segments, "its key is missing");
        }
        try {
            String doubt = doubt(recording, key, segments);
            return doubt == null ? recover(recording, key, home, segments) : leave(home, segments, doubt);
        } catch (IOException e) {
            // one recording that cannot be read or written must not keep the others from starting
            log.error("Recording {} cannot be recovered", recording, e);
            return leave(home, segments(home), FaultWords.of(e));
        }
    }

    private RecoveredRecording leave(Path home, List<Found> segments, String why) throws IOException {
        String recording = String.valueOf(home.getFileName());
        log.error("Recording {} is left as it is: {}", recording, why);
        int nextOrdinal = segments.isEmpty() ? 1 : segments.getLast().name().ordinal() + 1;
        Damage damage = new Damage("", 0, "the recording is left as it is: " + why);
        List<SealedSegment> sealed = TickingSpool.sealed(world.disk(), home);
        return new RecoveredRecording(recording, null, false, 0, 0, nextOrdinal, sealed, List.of(damage));
    }

    private RecoveredRecording recover(String recording, TapeKey key, Path home, List<Found> segments)
            throws IOException, TapeFault {
        for (Found segment : segments) {
            if (segment.name().state() == SegmentName.State.OPEN) {
                seal(recording, key, home, segment);
            }
        }
        RecoveredJournal journal = RecoveredJournal.read(recording, key, segments(home));
        if (journal.needsInterrupted()) {
            journal.interrupt(world, home, key, recording);
        }
        return journal.result(recording, TickingSpool.sealed(world.disk(), home));
    }

    /** Why this key must not touch these segments, or null. */
    private static @Nullable String doubt(String recording, TapeKey key, List<Found> segments)
            throws IOException, TapeFault {
        for (Found segment : segments) {
            try (SeekableByteChannel channel = Files.newByteChannel(segment.file())) {
                SegmentHeader header = SegmentReader.header(channel);
                if (!header.recording().equals(recording)) {
                    return "segment " + segment.name() + " is of recording " + header.recording();
                }
                if (!SegmentSeal.fits(key, header)) {
                    return "its key is another one";
                }
            } catch (Damaged e) {
                log.warn("Recording {}, segment {}: {}", recording, segment.name(), e.getMessage());
            }
        }
        return null;
    }

    /** Seals one open segment. */
    private void seal(String recording, TapeKey key, Path home, Found segment) throws IOException, TapeFault {
        SegmentScan scan;
        try {
            scan = SegmentScan.of(segment.file(), recording, key);
        } catch (Damaged e) {
            if (neverCommitted(segment.file())) {
                log.info("Recording {}: segment {} holds nothing and goes", recording, segment.name());
                world.disk().delete(segment.file());
                world.disk().forceFolder(home);
                return;
            }
            // what cannot be read is kept: somebody may know more one day
            rename(home, segment, SegmentName.State.CUT);
            return;
        }
        cut(segment.file(), scan.validEnd());
        rename(home, segment, scan.ended() ? SegmentName.State.SEALED : SegmentName.State.CUT);
        log.info("Recording {}: segment {} sealed at {} bytes", recording, segment.name(), scan.validEnd());
    }

    private void cut(Path path, long sizeBytes) throws IOException {
        SegmentFile file = world.disk().reopen(path);
        try {
            file.truncate(sizeBytes);
            file.force();
        } finally {
            file.close();
        }
    }

    private void rename(Path home, Found segment, SegmentName.State state) throws IOException {
        SegmentName name = new SegmentName(segment.name().ordinal(), state);
        world.disk().rename(segment.file(), home.resolve(name.toString()));
        world.disk().forceFolder(home);
    }

    private static boolean neverCommitted(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return SegmentReader.neverBegan(channel);
        }
    }

    private List<Found> segments(Path home) throws IOException {
        List<Found> found = new ArrayList<>();
        for (Path file : world.disk().list(home)) {
            SegmentName name = SegmentName.parse(String.valueOf(file.getFileName()));
            if (name != null) {
                found.add(new Found(file, name));
            }
        }
        return found;
    }
}
