package org.everytake.peer.net;

import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import org.everytake.call.CallCounters;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.everytake.call.net.EventLoop;

/** A port with a loop, and so a thread, of its own. */
final class OwnLoop implements Line {
    private final DatagramPort port;
    private final EventLoop loop;

    OwnLoop(String name, DatagramPort port, LongSupplier nanoClock) {
        this.port = port;
        this.loop = new EventLoop(name, port, nanoClock, new CallCounters());
    }

    @Override
    public void start(EventLoop.Handler handler) {
        loop.start(handler);
    }

    @Override
    public InetSocketAddress localAddress() {
        return port.localAddress();
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, TransportAddress to) {
        return port.send(buffer, offset, length, to);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public boolean isLoopThread() {
        return loop.isLoopThread();
    }

    @Override
    public long nowNanos() {
        return loop.nowNanos();
    }

    @Override
    public void close() {
        loop.close();
    }
}
