package org.everytake.peer.net;

import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.everytake.call.TransportAddress;
import org.everytake.call.net.EventLoop;

/**
 * A port and the loop that drives it, which may drive others, too. What is posted, what comes and the ticks are handled
 * one after the other.
 */
public interface Line extends Executor, AutoCloseable {
    /** Once. What was posted before runs first. */
    void start(EventLoop.Handler handler);

    InetSocketAddress localAddress();

    /** Never blocks; loop only. False if the datagram is lost at once. */
    boolean send(byte[] buffer, int offset, int length, TransportAddress to);

    /**
     * Posts to the loop; any thread.
     *
     * @throws RejectedExecutionException if it has ended
     */
    @Override
    void execute(Runnable task);

    boolean isLoopThread();

    long nowNanos();

    /** Has the handler close, and waits for that; a second call does nothing. Not on the loop's own thread. */
    @Override
    void close();
}
