package org.everytake.studio.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.studio.library.TakeFacts;
import org.everytake.tape.Event;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one track: one take for as long as nothing of it is lost to the disk. A loss ends the take with its
 * reason; the next one begins as soon as the tape has room again, with the sender reports that came last, so that it lies
 * on the sender's clock from its first packet on. What came in between is counted.
 *
 * <p>Owned by the room's loop thread, and waits for nothing.
 */
final class TrackTakes {

    /** Hears of loss. */
    interface Watcher {
        /** A packet found no room in memory. */
        void dropped();

        /** From now on nothing of the track is recorded, until {@link #begunAgain}. */
        void lost();

        void begunAgain();

        /** Why the disk takes nothing, as a sentence. */
        String reason();
    }

    private final Tape tape;
    private final Track track;
    private final Watcher watcher;
    private final List<TakeFacts> ended = new ArrayList<>();

    private @Nullable Take take;
    private long openedNanos;
    private long packets;

    /** What came while there was no take, by stream. */
    private final Map<Integer, Long> lost = new TreeMap<>();

    /** The last report of each stream and when it came. */
    private final Map<Integer, Reported> reports = new TreeMap<>();

    private record Reported(SenderReport report, long stampNanos) {}

    TrackTakes(Tape tape, Track track, Watcher watcher) {
        this.tape = tape;
        this.track = track;
        this.watcher = watcher;
    }

    /** Opens the first take; where the tape has no room, all that comes is lost until it has. */
    void open(long stampNanos) {
        if (tape.hasRoom()) {
            begin(stampNanos);
        } else {
            watcher.lost();
        }
    }

    private void begin(long stampNanos) {
        Take next = tape.open(stampNanos, description(tape.nextTake()));
        take = next;
        openedNanos = stampNanos;
        packets = 0;
        chargeLost(stampNanos);
        reports.forEach((stream, last) -> journal(next, stream, last));
    }

    /** Says on tape what was lost since the last take, which it is counted with; before the first there is none. */
    private void chargeLost(long stampNanos) {
        if (lost.isEmpty() || ended.isEmpty()) {
            return;
        }
        TakeFacts last = ended.removeLast();
        long all = 0;
        for (Map.Entry<Integer, Long> each : lost.entrySet()) {
            tape.record(stampNanos, new Event.PacketsDropped(last.take(), each.getKey(), each.getValue()));
            all += each.getValue();
        }
        ended.add(last.withDropped(last.dropped() + all));
        lost.clear();
    }

    private TakeDescription description(int number) {
        return TapeWords.description(number, track);
    }

    void described(long stampNanos) {
        Take open = take;
        if (open != null && !open.describe(stampNanos, description(open.number()))) {
            // What comes could not be told apart; the next take begins with the whole description.
            lose(open, stampNanos);
        }
    }

    void packet(Stream stream, RtpPacket packet, long extendedSequence, long stampNanos) {
        if (take == null && tape.hasRoom()) {
            begin(stampNanos);
            watcher.begunAgain();
        }
        Take open = take;
        if (open == null) {
            lost.merge(stream.index(), 1L, Long::sum);
            watcher.dropped();
        } else if (open.append(
                        stream.index(), extendedSequence, stampNanos, packet.buffer(), packet.offset(), packet.length())
                != Take.DROPPED) {
            packets++;
        } else {
            watcher.dropped();
            lose(open, stampNanos);
        }
    }

    private void lose(Take open, long stampNanos) {
        end(open, stampNanos, watcher.reason());
        watcher.lost();
    }

    void senderReport(Stream stream, SenderReport report, long stampNanos) {
        Reported last = new Reported(report, stampNanos);
        reports.put(stream.index(), last);
        Take open = take;
        if (open != null) {
            journal(open, stream.index(), last);
        }
    }

    private void journal(Take of, int stream, Reported last) {
        SenderReport report = last.report();
        tape.record(
                last.stampNanos(),
                new Event.SenderReported(
                        of.number(),
                        stream,
                        report.ntpTime(),
                        report.rtpTimestamp(),
                        report.packetCount(),
                        report.octetCount()));
    }

    /** The track ended. */
    void close(long stampNanos, String reason) {
        Take open = take;
        if (open != null) {
            end(open, stampNanos, reason);
        } else {
            watcher.begunAgain();
        }
    }

    private void end(Take open, long stampNanos, String reason) {
        open.close(stampNanos, reason);
        ended.add(facts(open, stampNanos, reason));
        take = null;
    }

    /** All takes so far; the end of one that is open is taken for {@code stampNanos}. */
    List<TakeFacts> facts(long stampNanos, String reason) {
        Take open = take;
        if (open == null) {
            chargeLost(stampNanos);
            return List.copyOf(ended);
        }
        List<TakeFacts> all = new ArrayList<>(ended);
        all.add(facts(open, stampNanos, reason));
        return all;
    }

    private TakeFacts facts(Take of, long closedNanos, String reason) {
        return new TakeFacts(
                of.number(),
                track.person(),
                track.kind().name().toLowerCase(Locale.ROOT),
                "",
                openedNanos / 1_000_000,
                closedNanos / 1_000_000,
                reason,
                packets,
                of.dropped());
    }
}
