package org.everytake.render.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.everytake.render.Progress;
import org.everytake.tape.Codec;
import org.everytake.tape.Event;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;

/**
 * The RAW archive of a recording: of each stream and codec a file in Janus's format, with the packets as they were sent,
 * before them {@code info.json}, which says what they are, and behind them their SHA-256. What of the tape is damaged is left
 * out and said in {@code info.json}.
 *
 * <p>It is written straight from the tape, which is read twice: the size of a file must be known before its first byte.
 * The same tape gives the same bytes. One thread.
 */
public final class RawArchive {
    private final RawInfo info;
    private final Progress progress;

    private RawArchive(RawInfo info, Progress progress) {
        this.info = info;
        this.progress = progress;
    }

    /**
     * Reads the tape once.
     *
     * @param tape stays open, and is nobody else's, until the archive is written
     * @throws IOException if a segment cannot be read
     * @throws java.util.concurrent.CancellationException if {@code progress} says so
     */
    public static RawArchive of(RecordedTape tape, Progress progress) throws IOException {
        try {
            return new RawArchive(new TapeScan(tape, Pace.firstHalf(progress)).scan(), progress);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** How long the recording lasted. */
    public long durationNanos() {
        return info.durationNanos();
    }

    /** What of the tape cannot be read, a sentence each. */
    public List<String> remarks() {
        return info.damage();
    }

    /**
     * Writes the archive, reading the tape a second time, and closes {@code out}; not if it fails.
     *
     * @throws IOException if a segment cannot be read, or is not what it was when it was read first
     * @throws java.util.concurrent.CancellationException if {@code progress} says so
     */
    public void write(RawFormat format, OutputStream out) throws IOException {
        Event.RecordingStarted started = info.started();
        Instant end = started.zero().plusNanos(info.durationNanos());
        String folder = RawNames.safe(started.session(), "session") + "/"
                + RawNames.safe(started.recording(), "recording") + "/";
        Measuring index = new Measuring();
        info.write(index);
        Pace pace = Pace.secondHalf(progress);
        try {
            ArchiveWriter archive = format.writer(out, end);
            Sums sums = new Sums();
            sums.file(archive, folder, RawInfo.NAME, index.measured(), info::write);
            int written = 0;
            for (RawFile file : info.files()) {
                sums.file(archive, folder, file.name(), file.measured(), into -> media(file.scan(), into, pace));
                pace.at((double) ++written / info.files().size());
            }
            sums.write(archive, folder);
            archive.close();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Writes a stream's packets of one codec. */
    private void media(FileScan scan, OutputStream out, Pace pace) throws IOException {
        MjrWriter mjr = new MjrWriter(out);
        mjr.begin(
                scan.codec(),
                scan.description().headerExtensions(),
                info.started().zero(),
                scan.first().arrivalNanos());
        MediaPackets packets = new MediaPackets(scan.description(), new MediaPackets.Keeper() {
            @Override
            public void keep(Codec codec, MediaPackets.Media media) throws IOException {
                if (codec.payloadType() == scan.codec().payloadType()) {
                    mjr.packet(media.arrivalNanos(), media.bytes(), media.offset(), media.length());
                }
            }

            @Override
            public void leftOut(String what, long sequence) {}
        });
        for (TapeRecord record : scan.recorded().records(scan.stream())) {
            packets.accept(record);
            pace.step();
        }
        mjr.flush();
    }
}
