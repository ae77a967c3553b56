package org.everytake.call.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.Kind;
import org.everytake.call.bandwidth.Allocation;
import org.everytake.call.bandwidth.BandwidthEstimator;
import org.everytake.wire.rtcp.ReceiverReport;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.TransportFeedback;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is sent to a subscriber within what their path carries: sound always, of videos the layers that fit. Tries
 * from time to time whether the path carries more, with padding. Owned by the loop; time comes in.
 */
final class PathControl {
    private static final long DIVIDE_NANOS = 100_000_000L;

    /** So that a layer whose key frame is on its way is not given up for another at once. */
    private static final long STEADY_NANOS = 1_500_000_000L;

    private static final long TRY_NANOS = 400_000_000L;

    /** What was sent has been reported by then. */
    private static final long JUDGE_NANOS = 650_000_000L;

    private static final double SUCCESS = 0.8;
    private static final long FIRST_PAUSE_NANOS = 500_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 10_000_000_000L;
    private static final double MOST_AT_A_TRY = 2;
    private static final int PADDING_PACKETS_PER_TICK = 60;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int BITS_PER_BYTE = 8;

    private final CallCounters counters;
    private final BandwidthEstimator estimator = new BandwidthEstimator();
    private long nextDivisionNanos;
    private long lastChangeNanos = Long.MIN_VALUE / 2;
    private long wanted;

    private boolean trying;
    private long tryBeganNanos;
    private long tryBits;
    private long triedBytes;
    private long mostArrived;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long nextTryNanos;

    PathControl(CallCounters counters) {
        this.counters = counters;
    }

    BandwidthEstimator estimator() {
        return estimator;
    }

    /** A packet that is counted over all streams is being sent; returns its number. */
    int count(int bytes, long nowNanos) {
        triedBytes += bytes;
        return estimator.sent(bytes, nowNanos);
    }

    /** What arrived at the subscriber. A path that turns out to be full is acted on at once. */
    void arrived(TransportFeedback feedback, long nowNanos) {
        boolean before = estimator.isCongested();
        estimator.feedback(feedback, nowNanos);
        if (estimator.isCongested() && !before) {
            changed();
        }
    }

    /** What a subscriber lost, of whom no other report comes. */
    void reported(ReceiverReport report) {
        int most = report.reports().stream()
                .mapToInt(ReportBlock::fractionLost)
                .max()
                .orElse(0);
        estimator.loss(most / 256.0);
    }

    /** Something about the videos has changed: they are divided anew at the next tick. */
    void changed() {
        nextDivisionNanos = Long.MIN_VALUE;
    }

    void tick(List<SubscribedSection> sections, long nowNanos) {
        estimator.tick(nowNanos);
        if (nowNanos >= nextDivisionNanos) {
            nextDivisionNanos = nowNanos + DIVIDE_NANOS;
            divide(sections, nowNanos);
        }
        attempt(sections, nowNanos);
    }

    private void divide(List<SubscribedSection> sections, long nowNanos) {
        List<SubscribedSection> seen = new ArrayList<>();
        for (SubscribedSection section : sections) {
            if (section.video && section.forwarder != null && section.track != null) {
                if (section.viewedLines > 0) {
                    seen.add(section);
                } else {
                    section.forwarder.target(null);
                }
            }
        }
        seen.sort(Comparator.comparing((SubscribedSection section) -> !isScreen(section))
                .thenComparing(section -> -section.viewedLines));
        List<List<Rung>> ladders = new ArrayList<>();
        List<Allocation.Video> videos = new ArrayList<>();
        for (SubscribedSection section : seen) {
            LiveTrack track = section.track;
            Forwarder forwarder = section.forwarder;
            if (track == null || forwarder == null) {
                continue;
            }
            List<Rung> ladder = Rung.ladder(track, section.viewedLines, nowNanos);
            ladders.add(ladder);
            videos.add(new Allocation.Video(
                    ladder.stream().mapToLong(Rung::bitsPerSecond).toArray(),
                    Rung.presentOf(ladder, forwarder.target(), forwarder.point())));
        }
        wanted = Allocation.wanted(videos);
        // Sound is not counted, so what is left for it is left by what is estimated.
        long budget = estimator.bitsPerSecond();
        if (!estimator.hasShownItsLimit(nowNanos)) {
            budget = Math.max(budget, Allocation.least(videos));
        }
        int[] chosen = Allocation.divide(budget, videos);
        for (int i = 0; i < chosen.length; i++) {
            Forwarder forwarder = seen.get(i).forwarder;
            if (forwarder != null) {
                target(forwarder, chosen[i] < 0 ? null : ladders.get(i).get(chosen[i]), nowNanos);
            }
        }
    }

    private void target(Forwarder forwarder, @Nullable Rung rung, long nowNanos) {
        Layer before = forwarder.target();
        Layer layer = rung == null ? null : rung.layer();
        OperatingPoint point = rung == null ? OperatingPoint.ALL : rung.point();
        boolean same = layer == before;
        if (same && (layer == null || point.equals(forwarder.point()))) {
            if (layer != null && forwarder.isBelowPoint() && nowNanos - lastChangeNanos >= STEADY_NANOS) {
                layer.keyFrames().want();
            }
            return;
        }
        boolean less = same
                ? point.isWithin(forwarder.point())
                : layer == null || before != null && before.isBetterThan(layer, nowNanos) && before.flows(nowNanos);
        if (!less && before != null && before.flows(nowNanos) && nowNanos - lastChangeNanos < STEADY_NANOS) {
            return;
        }
        lastChangeNanos = nowNanos;
        boolean sharper = point.spatial() > forwarder.point().spatial();
        forwarder.target(layer, point);
        if (layer != null && (!same || sharper)) {
            layer.keyFrames().want();
        }
        if (less && !same && estimator.isCongested()) {
            // What still came of the better layer would keep the queue full in which the key frame waits.
            forwarder.pause();
        }
    }

    private static boolean isScreen(SubscribedSection section) {
        return section.track != null && section.track.track().kind() == Kind.SCREEN;
    }

    /** Sends more than there is for a moment, and sees whether it arrives. */
    private void attempt(List<SubscribedSection> sections, long nowNanos) {
        if (trying) {
            mostArrived = Math.max(mostArrived, estimator.arrivedBitsPerSecond());
            if (estimator.isCongested()) {
                end(false, nowNanos);
            } else if (nowNanos - tryBeganNanos >= JUDGE_NANOS) {
                estimator.tried(mostArrived);
                end(mostArrived > SUCCESS * tryBits, nowNanos);
            } else if (nowNanos - tryBeganNanos < TRY_NANOS) {
                pad(sections, nowNanos);
            }
        } else if (nowNanos >= nextTryNanos
                && estimator.isReported()
                && !estimator.isCongested()
                && estimator.bitsPerSecond() < wanted) {
            trying = true;
            tryBeganNanos = nowNanos;
            tryBits = (long) Math.min(wanted, MOST_AT_A_TRY * estimator.bitsPerSecond());
            triedBytes = 0;
            mostArrived = 0;
        }
    }

    private void end(boolean success, long nowNanos) {
        trying = false;
        pauseNanos = success ? FIRST_PAUSE_NANOS : Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        nextTryNanos = nowNanos + pauseNanos;
        nextDivisionNanos = nowNanos;
    }

    private void pad(List<SubscribedSection> sections, long nowNanos) {
        long due = (nowNanos - tryBeganNanos) * tryBits / NANOS_PER_SECOND / BITS_PER_BYTE;
        for (SubscribedSection section : sections) {
            Forwarder forwarder = section.forwarder;
            for (int i = 0; forwarder != null && triedBytes < due && i < PADDING_PACKETS_PER_TICK; i++) {
                if (forwarder.pad() == 0) {
                    break;
                }
                counters.count(Counter.RTP_PADDING_SENT);
            }
        }
    }
}
