package org.everytake.call.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.TransportAddress;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final CallCounters counters = new CallCounters();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private EventLoop.Handler handler(boolean failing) {
        return new EventLoop.Handler() {
            @Override
            public void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
                heard.add("datagram " + buffer[offset]);
                if (failing) {
                    throw new IllegalStateException("a bug");
                }
            }

            @Override
            public void tick(long nowNanos) {
                heard.add("tick");
            }

            @Override
            public void closing() {
                heard.add("closing");
            }
        };
    }

    private void await(String event) throws InterruptedException {
        String next = "";
        while (!event.equals(next)) {
            next = heard.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("waiting for " + event).isNotNull();
        }
    }

    @Test
    void whatFailsIsCountedAndTheLoopGoesOn() throws Exception {
        SocketPort port = SocketPort.bind(ANY, 1 << 20, System::nanoTime);
        var loop = new EventLoop("test-loop", port, System::nanoTime, counters);
        loop.start(handler(true));
        try (var socket = new DatagramSocket()) {
            for (byte i = 1; i <= 3; i++) {
                socket.send(new DatagramPacket(new byte[] {i}, 1, port.localAddress()));
                await("datagram " + i);
            }
        }
        loop.execute(() -> {
            throw new AssertionError("another bug");
        });
        var onLoop = new CompletableFuture<Boolean>();
        loop.execute(() -> onLoop.complete(loop.isLoopThread()));
        assertThat(onLoop.get(60, TimeUnit.SECONDS)).isTrue();
        await("tick");
        assertThat(counters.get(Counter.INTERNAL_FAULTS)).isEqualTo(4);
        loop.close();
        loop.close();
        await("closing");
        assertThatThrownBy(() -> loop.execute(() -> heard.add("too late")))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void REN_8_aLoopThatIsNotServedInTimeIsStrainedForAWhile() throws Exception {
        SocketPort port = SocketPort.bind(ANY, 1 << 20, System::nanoTime);
        try (var loop = new EventLoop("test-loop", port, System::nanoTime, counters)) {
            assertThat(loop.isStrained()).isFalse();
            loop.start(handler(false));
            loop.execute(() -> LockSupport.parkNanos(5 * EventLoop.LATE_NANOS));
            for (int i = 0; !loop.isStrained(); i++) {
                assertThat(i).isLessThan(60_000);
                Thread.sleep(1);
            }
            for (int i = 0; loop.isStrained(); i++) {
                assertThat(i).isLessThan(600);
                Thread.sleep(100);
            }
        }
    }

    @Test
    void aPortInUseIsSaidSo() throws IOException {
        try (SocketPort port = SocketPort.bind(ANY, 1 << 20, System::nanoTime)) {
            assertThatThrownBy(() -> SocketPort.bind(port.localAddress(), 1 << 20, System::nanoTime))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void sendingNowhereIsALostDatagram() throws IOException {
        try (SocketPort port = SocketPort.bind(ANY, 1 << 20, System::nanoTime)) {
            assertThat(port.send(new byte[10], 0, 10, TransportAddress.udp(port.localAddress())))
                    .isTrue();
            assertThat(port.send(new byte[10_000], 0, 10_000, TransportAddress.udp(port.localAddress())))
                    .isFalse();
        }
    }
}
