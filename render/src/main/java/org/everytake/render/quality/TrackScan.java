package org.everytake.render.quality;

import java.util.ArrayList;
import java.util.List;
import org.everytake.render.Format;
import org.everytake.render.clock.Arrivals;
import org.everytake.render.clock.RedReports;
import org.everytake.render.clock.Report;
import org.everytake.render.clock.StreamClock;
import org.everytake.render.media.Picture;
import org.everytake.render.media.PictureAssembler;
import org.everytake.render.media.RtpCursor;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.TapeRecord;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RedundantAudio;
import org.jspecify.annotations.Nullable;

/**
 * What one walk over a stream tells of how well what is of one format in it came across. Records come in the order of their
 * numbers. One thread.
 */
final class TrackScan {
    /** So many gaps and freezes are told one by one; of the others there is a count. */
    static final int MOST_TOLD = 10_000;

    /** Fewer pictures than two a second are seen as a standstill. */
    private static final int STANDSTILLS_A_SECOND = 2;

    /**
     * Packets that are missing.
     *
     * @param from RTP time of the packet before
     * @param to of the one behind
     */
    record Gap(long from, long to, long packets) {}

    /** A stretch of RTP time in which packets came and no picture was whole. */
    record Freeze(long from, long to) {}

    private final RecordedTake take;
    private final int stream;
    private final Format format;
    private final RtpCursor cursor;
    private final Arrivals arrivals;
    private final Lateness lateness = new Lateness();
    private final RedundantAudio redundantBlocks = new RedundantAudio();
    private final @Nullable PictureAssembler assembler;
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Freeze> freezes = new ArrayList<>();
    private long gapCount;
    private long freezeCount;
    private long frozenTicks;
    private long packets;
    private long missing;
    private long restored;
    private long pictures;
    private long keyFrames;
    private boolean redundant;
    private long first = -1;
    private long last = -1;
    private long lastPicture = -1;
    private long longestRest;

    TrackScan(RecordedTake take, int stream, Format format) {
        this.take = take;
        this.stream = stream;
        this.format = format;
        this.cursor = new RtpCursor(format);
        this.arrivals = new Arrivals(format.clockRate());
        this.assembler = format.coding().isPicture() ? new PictureAssembler(format) : null;
    }

    /**
     * The next record of the format.
     *
     * @param missingBefore how many numbers of the stream are missing right before it
     */
    void take(TapeRecord record, long missingBefore) {
        if (!cursor.accept(record)) {
            return;
        }
        long timestamp = arrivals.add(cursor.packet().timestamp(), cursor.arrivalNanos());
        lateness.next(cursor.arrivalNanos());
        packets++;
        if (first < 0) {
            first = timestamp;
        } else if (missingBefore > 0) {
            gap(timestamp, missingBefore);
        }
        longestRest = Math.max(longestRest, last < 0 ? 0 : timestamp - last);
        last = timestamp;
        if (assembler != null) {
            assembler.push(cursor);
            for (Picture picture = assembler.poll(); picture != null; picture = assembler.poll()) {
                picture(picture);
            }
        }
    }

    private void gap(long timestamp, long count) {
        missing += count;
        gapCount++;
        if (cursor.isRedundant()) {
            redundant = true;
            restored += Math.min(count, copies());
        }
        if (gaps.size() < MOST_TOLD) {
            gaps.add(new Gap(last, timestamp, count));
        }
    }

    /** How many packets before it a packet of RED has copies of. */
    private int copies() {
        try {
            redundantBlocks.wrap(
                    cursor.packet().buffer(),
                    cursor.packet().payloadOffset(),
                    cursor.packet().payloadLength());
            int copies = 0;
            for (int block = 0; block < redundantBlocks.count() - 1; block++) {
                copies += redundantBlocks.length(block) > 0 ? 1 : 0;
            }
            return copies;
        } catch (Malformed unusable) {
            return 0; // the network's fault
        }
    }

    private void picture(Picture picture) {
        pictures++;
        keyFrames += picture.keyFrame() ? 1 : 0;
        long least = format.clockRate() / STANDSTILLS_A_SECOND;
        // Where nothing came either, nothing was sent: a camera that is off is no standstill.
        if (lastPicture >= 0 && picture.timestamp() - lastPicture - longestRest >= least) {
            freezeCount++;
            frozenTicks += picture.timestamp() - lastPicture;
            if (freezes.size() < MOST_TOLD) {
                freezes.add(new Freeze(lastPicture, picture.timestamp()));
            }
        }
        lastPicture = picture.timestamp();
        longestRest = 0;
    }

    /**
     * @param sender whose clock it may be
     * @param reports of the stream, as they came
     */
    StreamClock clock(String sender, List<Report> reports) {
        return new StreamClock(sender, arrivals, redundant ? RedReports.mend(reports, arrivals, first) : reports);
    }

    RecordedTake take() {
        return take;
    }

    int stream() {
        return stream;
    }

    Format format() {
        return format;
    }

    boolean isEmpty() {
        return packets == 0;
    }

    boolean isPicture() {
        return assembler != null;
    }

    /** RTP time of the first packet, extended beyond 32 bits. */
    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /** How many are on tape. */
    long packets() {
        return packets;
    }

    /** How many never came. */
    long missing() {
        return missing;
    }

    /** Of those that came, the ones that had to be sent again. */
    long repaired() {
        return lateness.count();
    }

    /** Of those that never came, the ones of which a later packet had a copy. */
    long restored() {
        return restored;
    }

    long pictures() {
        return pictures;
    }

    long keyFrames() {
        return keyFrames;
    }

    List<Gap> gaps() {
        return gaps;
    }

    long gapCount() {
        return gapCount;
    }

    List<Freeze> freezes() {
        return freezes;
    }

    long freezeCount() {
        return freezeCount;
    }

    long frozenTicks() {
        return frozenTicks;
    }
}
