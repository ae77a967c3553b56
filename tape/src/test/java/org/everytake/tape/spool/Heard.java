package org.everytake.tape.spool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.everytake.tape.TapeFault;

/** A listener that remembers, and waits. */
final class Heard implements SpoolListener {
    final Map<String, Long> committed = new ConcurrentHashMap<>();
    final List<SealedSegment> sealed = new CopyOnWriteArrayList<>();
    final List<TapeFault> faults = new CopyOnWriteArrayList<>();
    final List<String> recovered = new CopyOnWriteArrayList<>();

    @Override
    public void committed(String recording, int take, long position) {
        Long before = committed.put(recording + "/" + take, position);
        if (before != null && before >= position) {
            throw new AssertionError("position went from " + before + " to " + position);
        }
        wake();
    }

    @Override
    public void sealed(String recording, SealedSegment segment) {
        sealed.add(segment);
        wake();
    }

    @Override
    public void faulted(String recording, TapeFault fault) {
        faults.add(fault);
        wake();
    }

    @Override
    public void recovered(String recording) {
        recovered.add(recording);
        wake();
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Waits until the condition holds; asked again after each thing heard. */
    synchronized void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("waited for 30 s");
                }
                wait(10);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static SpoolOptions options() {
        return new SpoolOptions(Duration.ofMillis(5), Duration.ofSeconds(10), 8 << 20, 16 << 20, 0);
    }

    static SpoolOptions smallSegments() {
        return new SpoolOptions(Duration.ofMillis(5), Duration.ofSeconds(10), 100_000, 16 << 20, 0);
    }
}
