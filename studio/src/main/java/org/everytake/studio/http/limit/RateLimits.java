package org.everytake.studio.http.limit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.everytake.studio.config.Settings;

/**
 * How much of the server one address, and one account or key, may have. Whoever asks is counted by their address before
 * anything is looked up; who turns out to be known is counted by their account instead, so that those behind one address
 * do not take each other's. Any thread.
 */
public final class RateLimits {
    private static final int MOST_BUCKETS = 100_000;

    private final Map<LimitClass, Limit> byAddress = new EnumMap<>(LimitClass.class);
    private final Optional<Limit> byAccount;
    private final Optional<Limit> byToken;

    /** @param nanoClock the time that passes, of whatever origin */
    public RateLimits(Settings.Limits limits, LongSupplier nanoClock) {
        limit(LimitClass.SIGN_IN, limits.signInPerMinute(), nanoClock)
                .ifPresent(limit -> byAddress.put(LimitClass.SIGN_IN, limit));
        limit(LimitClass.JOIN, limits.joinPerMinute(), nanoClock)
                .ifPresent(limit -> byAddress.put(LimitClass.JOIN, limit));
        limit(LimitClass.API, limits.apiPerMinute(), nanoClock)
                .ifPresent(limit -> byAddress.put(LimitClass.API, limit));
        byAccount = limit(LimitClass.API, limits.apiPerMinute(), nanoClock);
        byToken = limit(LimitClass.JOIN, limits.joinPerMinute(), nanoClock);
    }

    private static Optional<Limit> limit(LimitClass of, int perMinute, LongSupplier nanoClock) {
        return perMinute == 0
                ? Optional.empty()
                : Optional.of(new Limit(of, perMinute, new TokenBuckets(perMinute, MOST_BUCKETS, nanoClock)));
    }

    /** Everything is let through. */
    public static RateLimits none() {
        return new RateLimits(new Settings.Limits(0, 0, 0), () -> 0);
    }

    /**
     * Counts a request by its address.
     *
     * @param path decoded, without the query
     * @return empty where nothing is limited
     */
    public Optional<Verdict> arrived(String address, String method, String path) {
        return LimitClass.of(method, path)
                .flatMap(of -> Optional.ofNullable(byAddress.get(of)))
                .map(limit -> limit.take(ClientAddress.counted(address)));
    }

    /**
     * Counts a request that has arrived by who it turned out to be, and no more by its address.
     *
     * @param who the account's or the key's id
     * @return empty where nothing is limited by account
     */
    public Optional<Verdict> recognised(Object who, String address, String method, String path) {
        if (byAccount.isEmpty() || LimitClass.of(method, path).orElse(LimitClass.JOIN) != LimitClass.API) {
            return Optional.empty();
        }
        Optional.ofNullable(byAddress.get(LimitClass.API))
                .ifPresent(limit -> limit.giveBack(ClientAddress.counted(address)));
        return Optional.of(byAccount.get().take(who));
    }

    /**
     * Counts what encoders and players call by their token, as well as by their address.
     *
     * @param token its id
     * @return empty where nothing is limited
     */
    public Optional<Verdict> shown(Object token) {
        return byToken.map(limit -> limit.take(token));
    }

    private record Limit(LimitClass of, int perMinute, TokenBuckets buckets) {
        Verdict take(Object key) {
            Allowance allowance = buckets.take(key);
            return new Verdict(
                    allowance.granted(),
                    allowance.waitSeconds(),
                    "\"%s\";q=%d;w=60".formatted(of.word(), perMinute),
                    "\"%s\";r=%d;t=%d".formatted(of.word(), allowance.left(), allowance.fullSeconds()));
        }

        void giveBack(Object key) {
            buckets.giveBack(key);
        }
    }
}
