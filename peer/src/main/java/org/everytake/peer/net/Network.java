package org.everytake.peer.net;

import java.io.IOException;
import java.time.Instant;
import org.everytake.call.DatagramPort;

/** Where ports come from, and the time by which everything on it runs. Thread-safe. */
public interface Network {
    /** A new port on an address of its own; whoever takes it closes it. */
    DatagramPort open() throws IOException;

    /**
     * A new port and the loop that drives it; each connection takes one and closes it.
     *
     * @param name of its thread, if it has one of its own
     */
    default Line line(String name) throws IOException {
        return new OwnLoop(name, open(), this::nanoTime);
    }

    /** Whether its ports open TCP connections instead of sending datagrams. */
    default boolean isTcp() {
        return false;
    }

    /** By which ports wait and arrivals are stamped. */
    long nanoTime();

    /** True time; moves with {@link #nanoTime}. */
    Instant wallTime();
}
