package org.everytake.studio.http.limit;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each key: it holds {@code perMinute} tokens, begins full, and fills evenly. There are never more than
 * {@code most} of them: to make room, of those that were used the longest ago a full one goes first, which says nothing
 * anyway, and without one the oldest. Any thread; each call holds the lock for a few steps.
 */
final class TokenBuckets {
    private static final long NANOS_PER_MINUTE = 60_000_000_000L;
    private static final int LOOKED_AT = 8;

    private static final class Bucket {
        private double tokens;
        private long filledNanos;

        Bucket(double tokens, long filledNanos) {
            this.tokens = tokens;
            this.filledNanos = filledNanos;
        }
    }

    private final int perMinute;
    private final int most;
    private final LongSupplier nanoClock;
    private final Map<Object, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

    /** @param perMinute how many a minute, and at most at once */
    TokenBuckets(int perMinute, int most, LongSupplier nanoClock) {
        this.perMinute = perMinute;
        this.most = most;
        this.nanoClock = nanoClock;
    }

    synchronized Allowance take(Object key) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            makeRoom();
            bucket = new Bucket(perMinute, nanoClock.getAsLong());
            buckets.put(key, bucket);
        }
        fill(bucket);
        boolean granted = bucket.tokens >= 1;
        bucket.tokens -= granted ? 1 : 0;
        long waitSeconds = granted ? 0 : Math.max(1, seconds(1 - bucket.tokens));
        return new Allowance(granted, (int) bucket.tokens, waitSeconds, seconds(perMinute - bucket.tokens));
    }

    private long seconds(double tokens) {
        return (long) Math.ceil(tokens * 60 / perMinute);
    }

    /** Gives back what was taken. */
    synchronized void giveBack(Object key) {
        Bucket bucket = buckets.get(key);
        if (bucket != null) {
            bucket.tokens = Math.min(perMinute, bucket.tokens + 1);
        }
    }

    synchronized int size() {
        return buckets.size();
    }

    private void fill(Bucket bucket) {
        long now = nanoClock.getAsLong();
        long passed = Math.max(0, now - bucket.filledNanos);
        bucket.tokens = Math.min(perMinute, bucket.tokens + (double) passed * perMinute / NANOS_PER_MINUTE);
        bucket.filledNanos = now;
    }

    private void makeRoom() {
        if (buckets.size() < most) {
            return;
        }
        Iterator<Bucket> oldest = buckets.values().iterator();
        for (int i = 0; i < LOOKED_AT && oldest.hasNext(); i++) {
            Bucket bucket = oldest.next();
            fill(bucket);
            if (bucket.tokens >= perMinute) {
                oldest.remove();
                return;
            }
        }
        Iterator<Bucket> first = buckets.values().iterator();
        first.next();
        first.remove();
    }
}
