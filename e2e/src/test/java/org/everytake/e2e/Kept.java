package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.everytake.tape.Kind;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.read.RecordedTake;
import org.everytake.wire.Malformed;

/**
 * How much of what somebody sent is on tape, from a tenth of a second after the first frame that is there, since the network
 * may bring what was sent before behind it, until a second before the last: what is lost after that cannot be asked for any
 * more when the recording stops.
 *
 * <p>Of a camera in layers one layer at a time is recorded. When its sender stops sending that one, the next is recorded
 * some pictures later: these are skipped, and not missing.
 *
 * @param sent frames, or pictures in however many layers
 * @param missing frames that were sent of what was recorded and that the tape has not
 * @param skipped pictures between the end of one recorded layer and the beginning of the next
 * @param layers that were recorded
 * @param gaps in which some are missing, for people
 */
record Kept(int sent, int missing, int skipped, int layers, String gaps) {
    private static final long HEAD_NANOS = Duration.ofMillis(100).toNanos();
    private static final long TAIL_NANOS = Duration.ofSeconds(1).toNanos();

    double share() {
        return (double) missing / sent;
    }

    static Kept of(RecordedTake take, Overheard overheard) throws Malformed {
        Map<Long, List<Overheard.Frame>> sent = new HashMap<>();
        List<Overheard.Frame> kept = new ArrayList<>();
        for (StreamDescription stream : take.description().streams()) {
            Set<Long> taped = take.description().source().kind() == Kind.MICROPHONE
                    ? TapedFrames.sounds(take, stream.stream())
                    : TapedFrames.pictures(take, stream.stream());
            List<Overheard.Frame> frames = overheard.frames(stream.ssrc());
            Set<Long> timestamps = new HashSet<>();
            frames.forEach(frame -> timestamps.add(frame.rtpTimestamp()));
            assertThat(timestamps.containsAll(taped))
                    .as("all that is on tape was sent over the bad network")
                    .isTrue();
            sent.put(stream.ssrc(), frames);
            frames.stream()
                    .filter(frame -> taped.contains(frame.rtpTimestamp()))
                    .forEach(kept::add);
        }
        kept.sort(Comparator.comparingLong(Overheard.Frame::nanos));
        return judge(sent, kept);
    }

    private static Kept judge(Map<Long, List<Overheard.Frame>> sent, List<Overheard.Frame> kept) {
        long from = kept.getFirst().nanos() + HEAD_NANOS;
        long until = kept.getLast().nanos() - TAIL_NANOS;
        Set<Long> layers = new HashSet<>();
        StringJoiner gaps = new StringJoiner(", ");
        int missing = 0;
        int skipped = 0;
        for (int i = 1; i < kept.size() && kept.get(i).nanos() < until; i++) {
            Overheard.Frame before = kept.get(i - 1);
            Overheard.Frame frame = kept.get(i);
            layers.add(frame.ssrc());
            if (before.nanos() >= from) {
                int gap = between(sent, before.ssrc(), before.nanos() + 1, frame.nanos());
                missing += gap;
                skipped += Math.max(0, between(sent, frame.ssrc(), before.nanos() + 1, frame.nanos()) - gap);
                if (gap > 0) {
                    gaps.add(gap + " after " + (before.nanos() - from) / 1_000_000 + " ms");
                }
            }
        }
        // Each layer that is sent has each picture, so the one that was sent longest has them all.
        int all = sent.keySet().stream()
                .mapToInt(ssrc -> between(sent, ssrc, from, until))
                .max()
                .orElseThrow();
        return new Kept(all, missing, skipped, layers.size(), gaps.toString());
    }

    private static int between(Map<Long, List<Overheard.Frame>> sent, long ssrc, long fromNanos, long untilNanos) {
        return (int) sent.getOrDefault(ssrc, List.of()).stream()
                .filter(frame -> frame.nanos() >= fromNanos && frame.nanos() < untilNanos)
                .count();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d of %d missing (%.2f %%), %d skipped between layers, of %d%s",
                missing,
                sent,
                100 * share(),
                skipped,
                layers,
                gaps.isEmpty() ? "" : ": " + gaps);
    }
}
