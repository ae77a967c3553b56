package org.everytake.call.media;

import org.jspecify.annotations.Nullable;

/** A media section of a subscription, and what is sent on it. Owned by the loop. */
final class SubscribedSection {
    /** More lines than any layer has. */
    static final int FULL = Integer.MAX_VALUE;

    final String mid;
    final boolean video;

    /** What is to be sent; null if nothing. */
    @Nullable
    LiveTrack track;

    /** What the offer under way, or the last one, says. */
    @Nullable
    LiveTrack offered;

    long ssrc;
    long retransmissionSsrc;

    /** There from the answer on. */
    @Nullable
    Forwarder forwarder;

    /** Fell silent, and the subscriber knows. */
    boolean reusable;

    /** So many lines high is it shown to the subscriber; 0 if it is not seen. */
    int viewedLines = FULL;

    SubscribedSection(String mid, boolean video) {
        this.mid = mid;
        this.video = video;
    }

    /** Ends what is sent on it. */
    void stop() {
        if (forwarder != null && offered != null) {
            offered.remove(forwarder);
        }
        forwarder = null;
    }
}
