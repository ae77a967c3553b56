package org.everytake.bench.call;

import java.io.IOException;
import org.everytake.peer.Peer;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;

/** A server under load, with rooms that are numbered from 0, made when somebody first comes, and recorded. */
interface Target extends AutoCloseable {

    /** Somebody in a room. */
    interface Guest extends AutoCloseable {
        Peer peer();

        @Override
        void close();
    }

    /** Joins and returns once media flows. May be called by several threads. */
    Guest publish(int room, PeerOptions options, Clip clip) throws IOException, InterruptedException;

    /** Joins to receive what all publishers of the room send that are there by now. */
    Guest view(int room, PeerOptions options) throws IOException, InterruptedException;

    @Override
    void close();
}
