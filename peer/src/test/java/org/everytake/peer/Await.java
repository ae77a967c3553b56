package org.everytake.peer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in real time until something holds. */
public final class Await {
    private Await() {}

    public static void until(String what, Duration most, BooleanSupplier holds) {
        long end = System.nanoTime() + most.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited " + most + " for: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
