package org.everytake.studio.operations;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the kernel dropped of our ports, and when that was last seen to grow. Any thread. */
final class ReceiveDrops {
    private final KernelUdp kernel;
    private final List<Integer> ports;
    private final InstantSource clock;
    private long known;
    private @Nullable Instant grew;

    ReceiveDrops(KernelUdp kernel, List<Integer> ports, InstantSource clock) {
        this.kernel = kernel;
        this.ports = List.copyOf(ports);
        this.clock = clock;
    }

    /** @param last when it was last seen to grow; null if it never was */
    record Seen(Optional<Long> count, @Nullable Instant last) {}

    synchronized Seen look() {
        Optional<Long> count = kernel.dropped(ports);
        long now = count.orElse(known);
        if (now > known) {
            grew = clock.instant();
        }
        known = now;
        return new Seen(count, grew);
    }
}
