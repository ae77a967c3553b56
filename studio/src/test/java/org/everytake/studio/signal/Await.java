package org.everytake.studio.signal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition that another thread brings about. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        until(what, LIMIT, condition);
    }

    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Within " + limit + " it did not come true: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    public static <T> T value(String what, Supplier<Optional<T>> source) {
        until(what, () -> source.get().isPresent());
        return source.get().orElseThrow();
    }
}
