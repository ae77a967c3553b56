package org.everytake.render.raw;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.everytake.render.clock.Arrivals;
import org.everytake.render.clock.RedReports;
import org.everytake.render.clock.Report;
import org.everytake.render.clock.StreamClock;
import org.everytake.tape.Codec;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.RecordedTake;
import org.jspecify.annotations.Nullable;

/**
 * What one walk over a stream tells of the packets of one codec in it: which file they make, and all that the index says of
 * that. Packets come in the order of their sequence. One thread.
 */
final class FileScan {
    /** Sequence numbers that are missing, both ends included. */
    record Gap(long first, long last) {}

    /** One end of a file. {@code timestamp} is extended beyond 32 bits. */
    record End(long sequence, long timestamp, long arrivalNanos) {}

    private final RecordedTake take;
    private final int stream;
    private final Codec codec;
    private final Instant zero;
    private final Arrivals arrivals;
    private final Measuring measuring = new Measuring();
    private final MjrWriter mjr = new MjrWriter(measuring);
    private final List<Gap> gaps = new ArrayList<>();
    private @Nullable End first;
    private @Nullable End last;
    private long packets;
    private long restored;
    private boolean redundant;

    FileScan(RecordedTake take, int stream, Codec codec, Instant zero) {
        this.take = take;
        this.stream = stream;
        this.codec = codec;
        this.zero = zero;
        this.arrivals = new Arrivals(codec.clockRate());
    }

    /**
     * Takes the next packet of the codec.
     *
     * @param before the sequence of the stream's packet before it, of whatever codec; its own if it is the first
     */
    void take(MediaPackets.Media media, long before) throws IOException {
        long timestamp = arrivals.add(media.timestamp(), media.arrivalNanos());
        End here = new End(media.sequence(), timestamp, media.arrivalNanos());
        if (first == null) {
            first = here;
            mjr.begin(codec, description().headerExtensions(), zero, media.arrivalNanos());
        }
        if (media.sequence() > before + 1) {
            gaps.add(new Gap(before + 1, media.sequence() - 1));
        }
        mjr.packet(media.arrivalNanos(), media.bytes(), media.offset(), media.length());
        last = here;
        packets++;
        restored += media.restored() ? 1 : 0;
        redundant |= media.redundant();
    }

    /** The size of the file, and its sum. Ends the measuring. */
    Measured measured() throws IOException {
        mjr.flush();
        return measuring.measured();
    }

    RecordedTake recorded() {
        return take;
    }

    TakeDescription description() {
        return take.description();
    }

    int stream() {
        return stream;
    }

    Codec codec() {
        return codec;
    }

    /** Of what the file holds; a file holds something. */
    End first() {
        return held(first);
    }

    End last() {
        return held(last);
    }

    private static End held(@Nullable End end) {
        if (end == null) {
            throw new IllegalStateException("a file without packets");
        }
        return end;
    }

    List<Gap> gaps() {
        return gaps;
    }

    long packets() {
        return packets;
    }

    /** Of the packets, those that never came and were made of copies. */
    long restored() {
        return restored;
    }

    /**
     * @param sender whose clock it may be
     * @param reports of the stream, as they came
     */
    StreamClock clock(String sender, List<Report> reports) {
        List<Report> meant = redundant ? RedReports.mend(reports, arrivals, first().timestamp()) : reports;
        return new StreamClock(sender, arrivals, meant);
    }
}
